using System.Text.Json;

namespace NeonPanel.Client.Requests;

/// <summary>Turns the arguments of a call into the HTTP request that the specification describes. The one place that builds
/// URLs.</summary>
public static class RequestBuilder
{
    /// <summary>Builds the request of <paramref name="template"/>.</summary>
    /// <param name="template">The operation.</param>
    /// <param name="baseAddress">The API's address: its origin, and a base path where the API has one.</param>
    /// <param name="arguments">A JSON object: argument → value. Absent, null and default are three different things:
    /// nothing is sent for an absent argument, an empty value for null in path, query and header, null for null in JSON.</param>
    /// <exception cref="InvalidArgumentsException">A required argument is absent, or a value cannot be written where it
    /// belongs.</exception>
    public static HttpRequestMessage Build(RequestTemplate template, Uri baseAddress, JsonElement arguments)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(baseAddress);
        if (arguments.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            throw new InvalidArgumentsException([$"The arguments must be an object, but are of kind {arguments.ValueKind}."]);
        }

        var violations = new List<string>();
        var path = Path(template, arguments, violations);
        var query = new List<string>();
        var headers = new List<KeyValuePair<string, string>>();
        var cookies = new List<string>();
        foreach (var parameter in template.Parameters.Where(parameter => parameter.Location != ParameterLocation.Path))
        {
            if (!TryGet(arguments, parameter.Argument, out var value))
            {
                if (parameter.Required)
                {
                    violations.Add(Missing(parameter.Argument));
                }

                continue;
            }

            Write(parameter, value, query, headers, cookies, violations);
        }

        var content = BodyWriter.Write(template, arguments, violations);
        if (violations.Count > 0)
        {
            content?.Dispose();
            throw new InvalidArgumentsException(violations);
        }

        var request = new HttpRequestMessage(new(template.Method), Address(template, baseAddress, path, query)) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", template.Accept);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies));
        }

        return request;
    }

    internal static bool TryGet(JsonElement arguments, string argument, out JsonElement value)
    {
        value = default;
        return arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(argument, out value);
    }

    internal static string Missing(string argument) => $"Argument '{argument}' is missing; it is required.";

    // A path key may end in literal query pairs; a fragment is never sent (RFC 9110 §7.1).
    private static string Path(RequestTemplate template, JsonElement arguments, List<string> violations)
    {
        var path = template.Path.Split('#')[0].Split('?')[0];
        foreach (var parameter in template.Parameters.Where(parameter => parameter.Location == ParameterLocation.Path))
        {
            if (!TryGet(arguments, parameter.Argument, out var value))
            {
                violations.Add(Missing(parameter.Argument));
                continue;
            }

            if (Reason(value) is { } reason)
            {
                violations.Add($"Argument '{parameter.Argument}' {reason}.");
                continue;
            }

            path = path.Replace("{" + parameter.Name + "}", StyleSerializer.Segment(parameter, value, Escape), StringComparison.Ordinal);
        }

        return path;

        static string Escape(string text) => ValueText.Escape(text);

        static string? Reason(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => "must not be null: it is part of the path",
            JsonValueKind.Array => value.GetArrayLength() == 0
                ? "must not be empty: it is part of the path"
                : value.EnumerateArray().Select(Reason).FirstOrDefault(reason => reason is not null),
            JsonValueKind.Object => value.EnumerateObject().Select(member => Reason(member.Value)).FirstOrDefault(reason => reason is not null),
            _ => ReasonAgainst(ValueText.Of(value)),
        };

        static string? ReasonAgainst(string text) => text switch
        {
            "" => "must not be empty: it is part of the path",
            "." or ".." => $"must not be '{text}': it is part of the path",
            _ when text.Any(character => char.IsControl(character) || "/\\?#%".Contains(character, StringComparison.Ordinal)) =>
                @"must not hold control characters or any of / \ ? # %: it is part of the path",
            _ when !ValueText.IsWellFormed(text) => "holds half of a surrogate pair, which is no text",
            _ => null,
        };
    }

    private static void Write(
        RequestParameter parameter,
        JsonElement value,
        List<string> query,
        List<KeyValuePair<string, string>> headers,
        List<string> cookies,
        List<string> violations)
    {
        if (!IsWellFormed(value))
        {
            violations.Add($"Argument '{parameter.Argument}' holds half of a surrogate pair, which is no text.");
            return;
        }

        switch (parameter.Location)
        {
            case ParameterLocation.Query:
                query.AddRange(Pairs(text => ValueText.Escape(text, parameter.AllowReserved)).Select(pair => $"{pair.Name}={pair.Value}"));
                break;
            case ParameterLocation.Cookie:
                cookies.AddRange(Pairs(text => ValueText.Escape(text)).Select(pair => $"{pair.Name}={pair.Value}"));
                break;
            default:
                var header = parameter.ContentType is null
                    ? StyleSerializer.Segment(parameter with { Style = ParameterStyle.Simple }, value, text => text)
                    : value.GetRawText();
                if (header.Any(character => character is < ' ' or > '~'))
                {
                    violations.Add($"Argument '{parameter.Argument}' becomes a header and may hold printable ASCII characters only.");
                    return;
                }

                headers.Add(new(parameter.Name, header));
                break;
        }

        IEnumerable<(string Name, string Value)> Pairs(Func<string, string> escape) => parameter.ContentType is null
            ? StyleSerializer.Pairs(parameter.Name, parameter.Style, parameter.Explode, value, escape)
            : [(escape(parameter.Name), escape(value.ValueKind == JsonValueKind.String && !IsJson(parameter.ContentType)
                ? value.GetString()!
                : value.GetRawText()))];
    }

    internal static bool IsJson(string contentType) => contentType.Contains("json", StringComparison.OrdinalIgnoreCase);

    // GetString throws on "\ud800": a lone surrogate has no UTF-8 form.
    private static bool IsWellFormed(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return value.EnumerateArray().All(IsWellFormed);
            case JsonValueKind.Object:
                return value.EnumerateObject().All(member => IsWellFormed(member.Value));
            case JsonValueKind.String:
                try
                {
                    return ValueText.IsWellFormed(value.GetString()!);
                }
                catch (InvalidOperationException)
                {
                    return false;
                }

            default:
                return true;
        }
    }

    private static Uri Address(RequestTemplate template, Uri baseAddress, string path, List<string> query)
    {
        var basePath = baseAddress.AbsolutePath.TrimEnd('/');
        var literal = template.Path.Split('#')[0].Split('?') is [_, var pairs, ..] ? [pairs] : Array.Empty<string>();
        var all = string.Join('&', literal.Concat(query));
        var text = baseAddress.GetLeftPart(UriPartial.Authority) + basePath + path + (all.Length > 0 ? "?" + all : "");
        // System.Uri would fold dot segments and unescape; what was built is what is sent.
        var address = new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var expected = (basePath + template.Path.Split('#')[0].Split('?')[0]).Count(character => character == '/');
        if (address.Authority != baseAddress.Authority || address.Scheme != baseAddress.Scheme
            || address.AbsolutePath.Count(character => character == '/') != expected)
        {
            throw new InvalidArgumentsException(["The arguments would lead the request to another address."]);
        }

        return address;
    }
}
