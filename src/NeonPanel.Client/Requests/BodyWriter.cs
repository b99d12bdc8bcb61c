using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeonPanel.Client.Requests;

/// <summary>Writes the body of a request.</summary>
internal static class BodyWriter
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static HttpContent? Write(RequestTemplate template, JsonElement arguments, List<string> violations)
    {
        if (template.Body is not { } body)
        {
            return Empty(template.Method);
        }

        if (body.Argument is { } argument)
        {
            if (RequestBuilder.TryGet(arguments, argument, out var whole))
            {
                return Whole(body, argument, whole, violations);
            }

            if (body.Required)
            {
                violations.Add(RequestBuilder.Missing(argument));
            }

            return Empty(template.Method);
        }

        var given = new List<(RequestBodyMember Member, JsonElement Value)>();
        foreach (var member in body.Members ?? [])
        {
            if (RequestBuilder.TryGet(arguments, member.Argument, out var value))
            {
                given.Add((member, value));
            }
        }

        if (given.Count == 0 && (!body.Required || !body.EmptyObjectAllowed))
        {
            violations.AddRange(body.Required
                ? (body.Members ?? []).Where(member => member.Required).Select(member => RequestBuilder.Missing(member.Argument))
                : []);
            return Empty(template.Method);
        }

        violations.AddRange((body.Members ?? []).Where(member => member.Required && !given.Exists(pair => pair.Member == member))
            .Select(member => RequestBuilder.Missing(member.Argument)));
        return body.Kind switch
        {
            RequestBodyKind.Form => Form(body, given),
            RequestBodyKind.Multipart => Multipart(body, given, violations),
            _ => Content(Json(given), body.ContentType),
        };
    }

    // .NET repeats a body-less POST or DELETE on a connection reset; with a content, even an empty one, it does not (D5).
    private static ByteArrayContent? Empty(string method) => method is "GET" or "HEAD" or "OPTIONS" or "TRACE" ? null : new([]);

    private static ByteArrayContent Content(byte[] bytes, string contentType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private static byte[] Json(List<(RequestBodyMember Member, JsonElement Value)> given)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var (member, value) in given)
            {
                writer.WritePropertyName(member.Name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static ByteArrayContent? Whole(RequestBody body, string argument, JsonElement value, List<string> violations)
    {
        switch (body.Kind)
        {
            case RequestBodyKind.Json:
                return Content(Encoding.UTF8.GetBytes(value.GetRawText()), body.ContentType);
            case RequestBodyKind.Text:
                return Content(Encoding.UTF8.GetBytes(ValueText.Of(value)), body.ContentType + "; charset=utf-8");
            case RequestBodyKind.Form when value.ValueKind == JsonValueKind.Object:
                return Form(body, [.. value.EnumerateObject().Select(member => (new RequestBodyMember(member.Name, member.Name), member.Value))]);
            default:
                if (TryReadFile(value, out var bytes, out _, out var mediaType))
                {
                    return Content(bytes, body.ContentType.Contains('*', StringComparison.Ordinal) ? mediaType ?? "application/octet-stream" : body.ContentType);
                }

                violations.Add($"Argument '{argument}' must be base64 text or a data: URI (RFC 2397).");
                return null;
        }
    }

    private static ByteArrayContent Form(RequestBody body, List<(RequestBodyMember Member, JsonElement Value)> given)
    {
        var pairs = given.SelectMany(item => Pairs(item.Member, item.Value)).Select(pair => pair.Name + "=" + pair.Value);
        return Content(Encoding.ASCII.GetBytes(string.Join('&', pairs)), body.ContentType);
    }

    private static IEnumerable<(string Name, string Value)> Pairs(RequestBodyMember member, JsonElement value)
    {
        var encoding = member.Encoding ?? new();
        // OpenAPI 3.1, "Encoding Object": a media type and no style means the value is serialized by that media type; so
        // is an object without either.
        return encoding.Style is null && value.ValueKind is JsonValueKind.Object
            ? [(Escape(member.Name), Escape(value.GetRawText()))]
            : StyleSerializer.Pairs(member.Name, encoding.Style ?? ParameterStyle.Form, encoding.Explode, value, Escape);

        string Escape(string text) => ValueText.Escape(text, encoding.AllowReserved).Replace("%20", "+", StringComparison.Ordinal);
    }

    private static MultipartContent Multipart(
        RequestBody body, List<(RequestBodyMember Member, JsonElement Value)> given, List<string> violations)
    {
        var parts = new List<(string Name, string? FileName, byte[] Bytes, string? Type)>();
        foreach (var (member, value) in given)
        {
            IEnumerable<JsonElement> items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
            foreach (var item in items)
            {
                if (member.Encoding is { IsFile: true })
                {
                    if (TryReadFile(item, out var file, out var fileName, out var type))
                    {
                        parts.Add((member.Name, fileName ?? member.Name, file, member.Encoding.ContentType ?? type ?? "application/octet-stream"));
                    }
                    else
                    {
                        violations.Add($"Argument '{member.Argument}' must be base64 text, a data: URI, or an object with 'name' and 'content'.");
                    }
                }
                else
                {
                    var isJson = item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                    parts.Add((member.Name, null, Encoding.UTF8.GetBytes(ValueText.Of(item)),
                        member.Encoding?.ContentType ?? (isJson ? "application/json" : null)));
                }
            }
        }

        // From the content, so that the same call gives the same bytes; long enough to stand in no part by accident.
        var boundary = Convert.ToHexStringLower(SHA256.HashData([.. parts.SelectMany(part => part.Bytes)]))[..40];
        var content = new MultipartContent(body.ContentType["multipart/".Length..], boundary);
        foreach (var (name, fileName, bytes, type) in parts)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentDisposition = new("form-data") { Name = Quoted(name), FileName = fileName is null ? null : Quoted(fileName) };
            if (type is not null)
            {
                part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            }

            content.Add(part);
        }

        return content;
    }

    // WHATWG "multipart/form-data encoding algorithm": quotes and line ends are percent-encoded in names.
    private static string Quoted(string name) => "\"" + name.Replace("\"", "%22", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal) + "\"";

    private static bool TryReadFile(JsonElement value, out byte[] bytes, out string? name, out string? mediaType)
    {
        (bytes, name, mediaType) = ([], null, null);
        if (value.ValueKind == JsonValueKind.Object)
        {
            name = value.TryGetProperty("name", out var given) ? ValueText.Of(given) : null;
            return value.TryGetProperty("content", out var content) && TryReadFile(content, out bytes, out _, out mediaType);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var text = value.GetString()!;
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            var comma = text.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0 || !text[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            mediaType = text["data:".Length..comma].Split(';')[0] is { Length: > 0 } type ? type : null;
            text = text[(comma + 1)..];
        }

        try
        {
            bytes = Convert.FromBase64String(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
