namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;

/// <summary>Builds the HTTP request that the specification describes from the arguments of a call. Only this class
/// builds URLs.</summary>
public static class RequestBuilder
{
    // Servers reject longer addresses, often without a useful message (nginx accepts 8 KB).
    private const int MaxTarget = 8192;

    /// <summary>Builds the request of <paramref name="template"/>.</summary>
    /// <param name="template">The operation.</param>
    /// <param name="baseAddress">The API's origin, with its base path if the API has one.</param>
    /// <param name="arguments">A JSON object: argument → value. An absent argument is not sent; null and a default
    /// value are sent.</param>
    /// <exception cref="InvalidArgumentsException">A required argument is absent, or a value cannot be written at its
    /// place in the request.</exception>
    public static HttpRequestMessage Build(RequestTemplate template, Uri baseAddress, JsonElement arguments)
    {
        ArgumentNullException.ThrowIfNull(template);
        var violations = new Violations();
        var call = new CallArguments(arguments, violations);
        var parameters = new ParameterWriter(template, call, violations);

        var (path, segments, literalQuery) = new PathWriter(template, call, violations).Write();
        string[] literal = literalQuery.Length > 0 ? [literalQuery] : [];
        List<string> query = [.. literal, .. parameters.Query()];
        var headers = parameters.Headers().ToList();
        var cookie = parameters.Cookie();
        var content = template.Body is { } body ? BodyWriter.Write(body, call, violations) : null;
        violations.ThrowIfAny();

        var address = RequestAddress.Join(baseAddress, path, segments, query);
        RequireShort(template, address, arguments);
        var request = new HttpRequestMessage(new HttpMethod(template.Method), address)
        {
            Content = content ?? EmptyContent(template.Method),
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

        var longest = template
            .Parameters.Where(parameter =>
                parameter.Location is ParameterLocation.Path or ParameterLocation.Query
                && arguments.TryGetProperty(parameter.Argument, out _)
            )
            .MaxBy(parameter => arguments.GetProperty(parameter.Argument).GetRawText().Length);
        var advice = longest is null
            ? ""
            : $" Argument '{longest.Argument}' takes the most of it: send fewer or shorter values, in several calls.";
        var length = address.PathAndQuery.Length;
        throw new InvalidArgumentsException([
            $"The address of the request would have {length} characters, but may have {MaxTarget}.{advice}",
        ]);
    }

    // After a connection reset .NET repeats a request that has no content, even a write. It does not repeat a request
    // with content, so writes without a body get empty content.
    private static ByteArrayContent? EmptyContent(string method) =>
        method is "GET" or "HEAD" or "OPTIONS" or "TRACE" ? null : new ByteArrayContent([]);

    // HttpClient stores headers such as Content-Language with the content.
    private static void AddHeader(HttpRequestMessage request, string name, string value)
    {
        if (
            !request.Headers.TryAddWithoutValidation(name, value)
            && !(request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value)
        )
        {
            throw new ArgumentException(
                $"A header of the operation must have a token as its name, but one is '{name}'."
            );
        }
    }
}
