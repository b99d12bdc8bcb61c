namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

/// <summary>Writes the body of a request.</summary>
internal static class BodyWriter
{
    /// <summary>The size above which a JSON value is sent from its raw text without a copy.</summary>
    private const int LargeBytes = 64 * 1024;

    /// <returns>The body, or <see langword="null"/> when the call has no body.</returns>
    public static HttpContent? Write(RequestBody body, CallArguments arguments, Violations violations)
    {
        var (pieces, contentType, parts) = body.Kind switch
        {
            RequestBodyKind.Json => (Json(body, arguments, violations), body.ContentType, null),
            RequestBodyKind.Form => (Form(body, arguments, violations), body.ContentType, null),
            RequestBodyKind.Multipart => MultipartWriter.Write(body, arguments, violations),
            RequestBodyKind.Text => (Text(body, arguments, violations), body.ContentType, null),
            _ => Binary(body, arguments, violations),
        };
        if (pieces is null)
        {
            return null;
        }

        var content = new BodyContent(pieces) { Parts = parts };
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private static List<BodyPiece>? Json(RequestBody body, CallArguments arguments, Violations violations)
    {
        if (body.Argument is { } argument)
        {
            return arguments.TryGet(argument, body.Required, out var value) ? [Json(value)] : null;
        }

        if (BodyMember.Collect(body, arguments, violations) is not { } members)
        {
            return null;
        }

        return members.Any(member => IsLarge(member.Value))
            ? JsonInPieces(members)
            :
            [
                new(
                    JsonText.Utf8(writer =>
                    {
                        writer.WriteStartObject();
                        foreach (var member in members)
                        {
                            writer.WritePropertyName(member.Name);
                            member.Value.WriteTo(writer);
                        }

                        writer.WriteEndObject();
                    })
                ),
            ];
    }

    // Small members are serialized again, exactly as in a body of one piece.
    private static List<BodyPiece> JsonInPieces(IReadOnlyList<BodyMember> members)
    {
        var pieces = new List<BodyPiece>();
        var separator = "{";
        foreach (var member in members)
        {
            var name = Encoding.UTF8.GetString(JsonText.Utf8(writer => writer.WriteStringValue(member.Name)).Span);
            pieces.Add(new(Encoding.UTF8.GetBytes($"{separator}{name}:")));
            pieces.Add(Json(member.Value));
            separator = ",";
        }

        pieces.Add(new("}"u8.ToArray()));
        return pieces;
    }

    private static BodyPiece Json(JsonElement value) =>
        IsLarge(value) ? BodyPiece.OfJson(value) : new(JsonText.Utf8(value.WriteTo));

    private static bool IsLarge(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length > LargeBytes;

    private static IReadOnlyList<BodyPiece>? Form(RequestBody body, CallArguments arguments, Violations violations) =>
        BodyMember.Collect(body, arguments, violations) is { } members
            ? [new(Encoding.UTF8.GetBytes(string.Join('&', members.SelectMany(FormPairs))))]
            : null;

    // Without a style, a scalar is text, each item of an array is a pair, and an object is JSON.
    private static IEnumerable<string> FormPairs(BodyMember member)
    {
        var encoding = member.Encoding;
        Func<string, string> escape = encoding.AllowReserved
            ? PercentEncoding.EscapeAllowingReserved
            : PercentEncoding.EscapeForm;
        if (encoding.Style is { } style)
        {
            return StyleSerializer.Pairs(
                member.Value,
                member.Name,
                style,
                encoding.Explode,
                escape,
                encoding.ItemStyles
            );
        }

        var isJson = encoding.ContentType is { } contentType
            ? JsonText.IsJson(contentType)
            : member.Value.ValueKind == JsonValueKind.Object;
        return isJson
            ? [$"{PercentEncoding.Escape(member.Name)}={escape(JsonText.Json(member.Value))}"]
            : StyleSerializer.Pairs(member.Value, member.Name, ParameterStyle.Form, encoding.Explode, escape);
    }

    private static IReadOnlyList<BodyPiece>? Text(RequestBody body, CallArguments arguments, Violations violations)
    {
        var argument = body.Argument ?? throw new ArgumentException("A body of text must name its argument.");
        if (!arguments.TryGet(argument, body.Required, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return [new(Encoding.UTF8.GetBytes(value.GetString()!))];
        }

        violations.Add(argument, "a string", value);
        return null;
    }

    private static (IReadOnlyList<BodyPiece>? Pieces, string ContentType, IReadOnlyList<MultipartPart>? Parts) Binary(
        RequestBody body,
        CallArguments arguments,
        Violations violations
    ) =>
        File(body, arguments, violations) is { } file
            ? ([file.Content], body.ContentType, [file])
            : (null, body.ContentType, null);

    private static MultipartPart? File(RequestBody body, CallArguments arguments, Violations violations)
    {
        var argument = body.Argument ?? throw new ArgumentException("A body of bytes must name its argument.");
        if (!arguments.TryGet(argument, body.Required, out var value))
        {
            return null;
        }

        // A file object has the same form as in multipart bodies. Its name is not sent, because a
        // binary body has no field for a name.
        var isObject = value.ValueKind == JsonValueKind.Object;
        var content = isObject && value.TryGetProperty("content", out var inner) ? inner : value;
        var name =
            isObject && value.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String
                ? given.GetString()
                : null;
        if (content.ValueKind != JsonValueKind.String)
        {
            violations.Add(argument, BinaryText.Expected, content);
            return null;
        }

        if (BinaryText.TryRead(content, out var read))
        {
            return new("", name, body.ContentType, read.Bytes, []) { IsFile = true };
        }

        violations.Add(argument, BinaryText.Expected, "is other text");
        return null;
    }
}
