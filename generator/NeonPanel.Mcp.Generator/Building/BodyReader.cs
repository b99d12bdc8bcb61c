using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Normalization;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Converts a Request Body Object into a <see cref="BodyModel"/> (rule E4).</summary>
internal sealed class BodyReader(
    SpecificationDocument document,
    SchemaNormalizer schemas,
    Func<string?, string> rewrite
)
{
    private const string FileText =
        "File: base64, a data: URI, a link, or an object with 'name' and 'content' or 'link'.";

    /// <summary>Reads a request body in the selected media type.</summary>
    /// <exception cref="FaultException">The body has a broken reference.</exception>
    public BodyModel? Read(JsonNode? node, string pointer, int depth)
    {
        var (resolved, place) = document.Resolve(node, pointer);
        if (resolved is not JsonObject body || body["content"] is not JsonObject { Count: > 0 } content)
        {
            return null;
        }

        var (mediaType, kind) = MediaTypes.Choose(content.Select(pair => pair.Key));
        var (found, mediaPlace) = document.Media(content, mediaType, place);
        var media = found as JsonObject;
        var schema = schemas.Normalize(media.Get("schema"), mediaPlace + "/schema", depth);
        var required = body.IsTrue("required");
        if (mediaType == "*/*" && schema is { Types: ["string"] })
        {
            kind = BodyKind.Binary; // The type is unknown, but a JSON string would certainly be wrong.
        }

        // An object of which no member is declared stays one argument: it may have any members.
        var isFlat =
            kind is BodyKind.Json or BodyKind.Form or BodyKind.Multipart
            && schema.IsObject
            && schema.Properties.Any(property => property.IsDeclared);
        var sent = MediaTypes.Sent(mediaType, kind);
        if (!isFlat)
        {
            var whole = WholeSchema(schema, rewrite(body.Text("description")), kind, sent);
            return new(mediaType, sent, kind, required, "body", whole, [], false);
        }

        var additional = schema.AdditionalProperties is not null || schema.TakesMore;
        return new(
            mediaType,
            sent,
            kind,
            required,
            null,
            schema,
            [.. schema.Properties.Select(property => Member(kind, media, property, depth))],
            additional
        );
    }

    // Returns the schema of a body that is one argument.
    private static SchemaModel WholeSchema(SchemaModel schema, string text, BodyKind kind, string contentType)
    {
        var whole = text.Length > 0 && schema.Description.Length == 0 ? schema with { Description = text } : schema;
        var type = MediaTypes.Plain(contentType);
        return kind switch
        {
            // The text is in the API's own format, such as XML. Its schema is described, but not checked.
            BodyKind.Text => new()
            {
                Types = ["string"],
                Description = PlainText.Sentence(whole.Description, $"Text of the type {type}."),
            },
            BodyKind.Binary => new()
            {
                Types = ["string", "object"],
                Description = PlainText.Sentence(whole.Description, $"Bytes of the type {type}. {FileText}"),
            },
            BodyKind.Form or BodyKind.Multipart => whole with { Types = ["object"] },
            _ => whole,
        };
    }

    private BodyMemberModel Member(BodyKind kind, JsonObject? media, PropertyModel property, int depth)
    {
        var encoding = Encoding(kind, media, property, depth);
        if (encoding is not { IsFile: true })
        {
            return new(property.Name, property.Name, property, encoding);
        }

        var limits = property.Schema.Limits.Without(LimitKeyword.MinLength, LimitKeyword.MaxLength);
        var file = property.Schema with
        {
            Types = ["string", "object"],
            Format = null,
            Pattern = null,
            Limits = limits,
        };
        var schema = property.Schema.Types is ["array"]
            ? property.Schema with
            {
                Items = file with { Description = FileText },
            }
            : file with
            {
                Description = PlainText.Sentence(file.Description, FileText),
            };
        return new(property.Name, property.Name, property with { Schema = schema }, encoding);
    }

    private BodyEncodingModel? Encoding(BodyKind kind, JsonObject? media, PropertyModel property, int depth)
    {
        if (kind == BodyKind.Json)
        {
            return null;
        }

        var (node, _) = document.Resolve(media.Get("encoding").Get(property.Name), "");
        var encoding = node as JsonObject ?? [];
        var contentType = encoding.Text("contentType") ?? (property.Schema.Items ?? property.Schema).MediaType;
        var style = ParameterStyles.Read(encoding);
        return new(
            contentType,
            style,
            encoding.Text("explode") is { } explode ? explode == "true" : style is null or ParameterStyle.Form,
            encoding.IsTrue("allowReserved"),
            kind == BodyKind.Multipart && IsFile(property.Schema.Items ?? property.Schema, contentType),
            // OpenAPI 3.1, "Encoding Object": headers apply to multipart bodies only, and Content-Type is described
            // separately.
            kind != BodyKind.Multipart
                ? []
                :
                [
                    .. encoding
                        .Members("headers")
                        .Where(pair =>
                            pair.Key.All(HttpToken.IsCharacter)
                            && !pair.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                        )
                        .Select(pair => Header(property.Name, pair.Key, pair.Value, depth)),
                ]
        )
        {
            ItemStyles = ParameterStyles.ReadItems(encoding),
        };
    }

    private PartHeaderModel Header(string member, string name, JsonNode? node, int depth)
    {
        var (header, place) = document.Resolve(node, "");
        var text = rewrite(header.Text("description"));
        var schema = schemas.Normalize(header.Get("schema"), place + "/schema", depth);
        return new(
            name,
            member + "_" + name,
            text.Length > 0 ? schema with { Description = text } : schema,
            header.IsTrue("required")
        );
    }

    // 3.0 uses the format 'binary'. 3.1 omits the type and names an encoding or a media type.
    private static bool IsFile(SchemaModel schema, string? contentType) =>
        schema.Format is "binary" or "byte" or "base64"
        || (
            (schema.Types.Count == 0 || schema.MediaType is not null)
            && schema.Enum.Count == 0
            && contentType is not null
            && !MediaTypes.IsJson(contentType)
            && !contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        );
}
