namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

/// <summary>One part of a multipart body.</summary>
internal sealed record MultipartPart(
    string Name,
    string? FileName,
    string ContentType,
    BodyPiece Content,
    IReadOnlyList<KeyValuePair<string, string>> Headers
)
{
    /// <summary>Gets whether the part is a file, so that its bytes need not be text.</summary>
    public bool IsFile { get; init; }

    private const string ExpectedFile = BinaryText.Expected + ", or an object with 'name' and 'content'";

    /// <summary>Reads the parts of a member: one part for each item of an array, one part for any other
    /// value.</summary>
    public static IEnumerable<MultipartPart> Read(BodyMember member, CallArguments arguments, Violations violations)
    {
        var headers = PartHeaders(member.Encoding, arguments, violations);
        if (member.Encoding is { Style: { } style, IsFile: false })
        {
            foreach (var part in Styled(member, style, headers))
            {
                yield return part;
            }

            yield break;
        }

        // The first type of the list applies. Files choose their type separately.
        var type = member.Encoding.ContentType?.Split(',')[0].Trim();
        var isOnePart =
            member.Value.ValueKind != JsonValueKind.Array
            || (!member.Encoding.IsFile && type is not null && JsonText.IsJson(type));
        JsonElement[] values = isOnePart ? [member.Value] : [.. member.Value.EnumerateArray()];
        foreach (var value in values)
        {
            if (member.Encoding.IsFile)
            {
                if (File(member, value, headers, violations) is { } file)
                {
                    yield return file;
                }
            }
            else
            {
                var isJson = type is null ? !JsonText.IsScalar(value) : JsonText.IsJson(type);
                yield return new(
                    member.Name,
                    FileName: null,
                    type ?? (isJson ? "application/json" : "text/plain; charset=utf-8"),
                    new(Encoding.UTF8.GetBytes(isJson ? JsonText.Json(value) : JsonText.Plain(value))),
                    headers
                );
            }
        }
    }

    // OpenAPI 3.1.1 "Encoding Object": a member with a style is written as in a query; its content type is ignored.
    private static IEnumerable<MultipartPart> Styled(
        BodyMember member,
        ParameterStyle style,
        IReadOnlyList<KeyValuePair<string, string>> headers
    ) =>
        StyleSerializer
            .Pairs(
                member.Value,
                member.Name,
                style,
                member.Encoding.Explode,
                PercentEncoding.Escape,
                member.Encoding.ItemStyles
            )
            .Select(pair => pair.Split('=', 2))
            .Select(pair => new MultipartPart(
                Uri.UnescapeDataString(pair[0]),
                FileName: null,
                "text/plain; charset=utf-8",
                new(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(pair[1]))),
                headers
            ));

    /// <summary>Writes the part's headers, the empty line and the content, without the boundary.</summary>
    public IReadOnlyList<BodyPiece> Write(bool isFormData)
    {
        var header = new StringBuilder();
        if (isFormData || FileName is not null)
        {
            var kind = isFormData ? "form-data" : "attachment";
            header.Append("Content-Disposition: ").Append(kind).Append("; name=\"").Append(Quoted(Name)).Append('"');
            if (FileName is not null)
            {
                header.Append("; filename=\"").Append(Quoted(FileName)).Append('"');
            }

            header.Append("\r\n");
        }

        header.Append("Content-Type: ").Append(ContentType).Append("\r\n");
        foreach (var (name, value) in Headers)
        {
            header.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        // Media types and header names come from the specification and could contain line ends, so they are checked.
        if (!HeaderText.IsWritable(ContentType) || !Headers.All(h => HeaderText.IsWritable(h.Key)))
        {
            throw new ArgumentException($"The media type and header names of part '{Name}' must be printable ASCII.");
        }

        return [new(Encoding.UTF8.GetBytes(header.Append("\r\n").ToString())), Content];
    }

    // Follows the HTML standard's "multipart/form-data encoding algorithm" and also escapes other control characters.
    private static string Quoted(string text) =>
        string.Concat(
            text.Select(c =>
                    c switch
                    {
                        '"' => "%22",
                        _ when char.IsControl(c) => PercentEncoding.Escape(c.ToString()),
                        _ => c.ToString(),
                    }
                )
                .ToArray()
        );

    private static MultipartPart? File(
        BodyMember member,
        JsonElement value,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        Violations violations
    )
    {
        var name = member.Name;
        var content = value;
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (!value.TryGetProperty("content", out content))
            {
                violations.Add(member.Argument, ExpectedFile, "is an object without 'content'");
                return null;
            }

            if (value.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String)
            {
                name = given.GetString()!;
            }
        }

        if (content.ValueKind != JsonValueKind.String)
        {
            violations.Add(member.Argument, ExpectedFile, content);
            return null;
        }

        if (!BinaryText.TryRead(content, out var read))
        {
            violations.Add(member.Argument, ExpectedFile, "is other text");
            return null;
        }

        var contentType = FileType.Choose(member.Encoding.ContentType, read.ContentType, name, read.Bytes);
        return new(member.Name, name, contentType, read.Bytes, headers) { IsFile = true };
    }

    private static List<KeyValuePair<string, string>> PartHeaders(
        BodyEncoding encoding,
        CallArguments arguments,
        Violations violations
    )
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, argument) in encoding.Headers ?? new Dictionary<string, string>())
        {
            // OpenAPI 3.1 "Encoding Object": Content-Type is described separately and ignored here.
            if (
                name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                || !arguments.TryGet(argument, required: false, out var value)
            )
            {
                continue;
            }

            var text = JsonText.Plain(value);
            if (HeaderText.IsWritable(text))
            {
                headers.Add(new(name, text));
            }
            else
            {
                violations.Add(argument, HeaderText.Expected, "holds other characters");
            }
        }

        return headers;
    }
}
