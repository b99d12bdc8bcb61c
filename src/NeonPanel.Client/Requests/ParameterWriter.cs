namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

/// <summary>Writes query, header and cookie parameters. Null is a value: <c>name=</c> in a query or cookie, an empty
/// header.</summary>
internal sealed class ParameterWriter(RequestTemplate template, CallArguments arguments, Violations violations)
{
    // OpenAPI 3.1 "Parameter Object": Accept, Content-Type and Authorization are ignored. The connection
    // or the code that sends the request sets the other headers.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "Accept-Encoding",
        "Authorization",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Cookie",
        "Expect",
        "Host",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };

    public IEnumerable<string> Query() =>
        Present(ParameterLocation.Query)
            .SelectMany(p =>
                Pairs(
                    p.Parameter,
                    p.Value,
                    p.Parameter.AllowReserved ? PercentEncoding.EscapeAllowingReserved : PercentEncoding.Escape
                )
            );

    /// <summary>Returns the value of <c>Cookie</c>, or <see langword="null"/>. Each exploded item is a separate
    /// cookie.</summary>
    public string? Cookie() =>
        Present(ParameterLocation.Cookie).SelectMany(p => Pairs(p.Parameter, p.Value, PercentEncoding.Escape)).ToArray()
            is { Length: > 0 } pairs
            ? string.Join("; ", pairs)
            : null;

    /// <summary>Returns the headers. Values are not percent-encoded, so they must be printable ASCII.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers()
    {
        foreach (var (parameter, value) in Present(ParameterLocation.Header))
        {
            var read = ParameterValue.Of(value, parameter.ItemStyles);
            if (parameter.ContentType is null && read.IsEmpty)
            {
                continue;
            }

            var text = parameter.ContentType is { } contentType
                ? ContentText(value, contentType, ascii: true)
                : StyleSerializer.Expand(read, parameter.Name, HeaderStyle(parameter.Style), parameter.Explode, t => t);
            // The check covers the items only: the writer adds the delimiters, and a tab is allowed as a delimiter.
            var isWritable = parameter.ContentType is null
                ? read.Texts.All(HeaderText.IsWritable)
                : HeaderText.IsWritable(text);
            if (isWritable)
            {
                yield return new(parameter.Name, text);
            }
            else
            {
                violations.Add(parameter.Argument, HeaderText.Expected, "holds other characters");
            }
        }
    }

    private List<(RequestParameter Parameter, JsonElement Value)> Present(ParameterLocation location)
    {
        var present = new List<(RequestParameter, JsonElement)>();
        foreach (var parameter in template.Parameters.Where(p => p.Location == location))
        {
            var isOwn = location == ParameterLocation.Header && OwnHeaders.Contains(parameter.Name);
            if (!isOwn && arguments.TryGetForAddress(parameter.Argument, parameter.Required, out var value))
            {
                present.Add((parameter, value));
            }
        }

        return present;
    }

    private static IEnumerable<string> Pairs(
        RequestParameter parameter,
        JsonElement value,
        Func<string, string> escape
    ) =>
        parameter.ContentType is { } contentType
            ? [$"{PercentEncoding.Escape(parameter.Name)}={escape(ContentText(value, contentType))}"]
            : StyleSerializer.Pairs(
                value,
                parameter.Name,
                parameter.Style,
                parameter.Explode,
                escape,
                parameter.ItemStyles
            );

    // OpenAPI 3 defines only 'simple' for headers. Swagger 2.0 also has the delimited styles.
    private static ParameterStyle HeaderStyle(ParameterStyle style) =>
        style is ParameterStyle.SpaceDelimited or ParameterStyle.PipeDelimited or ParameterStyle.TabDelimited
            ? style
            : ParameterStyle.Simple;

    private static string ContentText(JsonElement value, string contentType, bool ascii = false) =>
        JsonText.IsJson(contentType) ? JsonText.Json(value, ascii) : JsonText.Plain(value);
}
