namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;

/// <summary>Turns the arguments of a call into the HTTP request that the specification describes. The one place that builds
/// URLs.</summary>
public static class RequestBuilder
{
    // Servers refuse longer ones, many of them with an answer that says nothing (nginx takes 8 KB).
    private const int MaxTarget = 8192;

    /// <summary>Builds the request of <paramref name="template"/>.</summary>
    /// <param name="template">The operation.</param>
    /// <param name="baseAddress">The API's address: its origin, and a base path where the API has one.</param>
    /// <param name="arguments">A JSON object: argument → value. Absent, null and default are three different things:
    /// nothing is sent for an absent argument.</param>
    /// <exception cref="InvalidArgumentsException">A required argument is absent, or a value cannot be written where it
    /// belongs.</exception>
    public static HttpRequestMessage Build(RequestTemplate template, Uri baseAddress, JsonElement arguments)
    {
        ArgumentNullException.ThrowIfNull(template);
        var violations = new Violations();
        var call = new CallArguments(arguments, violations);
        var parameters = new ParameterWriter(template, call, violations);

        var (path, segments, literalQuery) = new PathWriter(template, call, violations).Write();
        List<string> query = [.. literalQuery.Length > 0 ? [literalQuery] : Array.Empty<string>(), .. parameters.Query()];
        var headers = parameters.Headers().ToList();
        var cookie = parameters.Cookie();
        var content = template.Body is { } body ? BodyWriter.Write(body, call, violations) : null;
        violations.ThrowIfAny();

        var address = RequestAddress.Join(baseAddress, path, segments, query);
        RequireShort(template, address, arguments);
        var request = new HttpRequestMessage(new HttpMethod(template.Method), address)
        {
            // .NET repeats a body-less request after a connection reset, a write as well; one with a content it does not.
            Content = content ?? (template.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" ? null : new ByteArrayContent([])),
        };
        request.Options.Set(RequestTemplate.Key, template);
        AddHeader(request, "Accept", template.Accept);
        foreach (var (name, value) in headers)
        {
            AddHeader(request, name, value);
        }

        if (cookie is not null)
        {
            AddHeader(request, "Cookie", cookie);
        }

        return request;
    }

    private static void RequireShort(RequestTemplate template, Uri address, JsonElement arguments)
    {
        if (address.PathAndQuery.Length <= MaxTarget)
        {
            return;
        }

        var longest = template.Parameters
            .Where(parameter => parameter.Location is ParameterLocation.Path or ParameterLocation.Query && arguments.TryGetProperty(parameter.Argument, out _))
            .MaxBy(parameter => arguments.GetProperty(parameter.Argument).GetRawText().Length);
        var advice = longest is null ? "" : $" Argument '{longest.Argument}' takes the most of it: send fewer or shorter values, in several calls.";
        throw new InvalidArgumentsException(
            [$"The address of the request would have {address.PathAndQuery.Length} characters, but may have {MaxTarget}.{advice}"]);
    }

    // HttpClient keeps headers such as Content-Language with the content.
    private static void AddHeader(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value)
            && !(request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value))
        {
            throw new ArgumentException($"A header of the operation must have a token as its name, but one is '{name}'.");
        }
    }
}
