using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Loosens schemas that strictly accept no value, so that their arguments can be sent: allowed values of
/// another type, an <c>enum</c> of list items on the list itself, a pattern between slashes, limits that exclude each
/// other.</summary>
/// <param name="tell">Receives a sentence about each change.</param>
internal sealed class ImpossibleValues(Action<string> tell)
{
    public SchemaModel Loosen(SchemaModel schema) => new ImpossibleLimits(tell).Loosen(Pattern(Values(schema)));

    private SchemaModel Values(SchemaModel schema)
    {
        if (
            schema.Enum.DistinctBy(value => value.ToJsonString()).ToList() is var distinct
            && distinct.Count < schema.Enum.Count
        )
        {
            tell("An allowed value is listed more than once; it is kept once.");
            schema = schema with { Enum = distinct };
        }

        if (schema.Enum.Count == 0 || schema.Types.Count == 0)
        {
            return schema;
        }

        var others = schema.Enum.Where(value => !schema.Types.Any(type => IsOf(value, type))).ToList();
        if (others.Count == 0)
        {
            return schema;
        }

        if (schema.Types is ["array"])
        {
            return OfItems(schema, others);
        }

        tell(
            $"The allowed values {Some(others)} are not of the type {string.Join(" or ", schema.Types)}; they are accepted all the same."
        );
        var converted = schema
            .Enum.Select(value => others.Contains(value) ? Converted(value, schema.Types) ?? value : value)
            .ToList();
        var replaced = others.Where(value => Converted(value, schema.Types) is not null).ToList();
        var kinds = converted
            .Where(value => !schema.Types.Any(type => IsOf(value, type)))
            .Select(KindOf)
            .Distinct()
            .ToList();
        return schema with
        {
            // If no allowed value can be converted to the type, the values determine the type.
            Types =
                converted.Exists(value => schema.Types.Any(type => IsOf(value, type))) || kinds.Count == 0
                    ? [.. schema.Types.Union(kinds)]
                    : kinds,
            Enum = [.. converted.DistinctBy(value => value.ToJsonString())],
            // A caller may also send the value as listed. The API knows which of the two forms it expects.
            Alternatives =
                replaced.Count == 0
                    ? schema.Alternatives
                    :
                    [
                        .. schema.Alternatives,
                        new() { Types = [.. replaced.Select(KindOf).Distinct()], Enum = replaced },
                    ],
        };
    }

    private SchemaModel OfItems(SchemaModel schema, List<JsonNode> others)
    {
        tell($"The allowed values {Some(others)} are not lists; they are used as the allowed items.");
        var items = schema.Items ?? new();
        var types = others.Select(KindOf).Distinct().ToList();
        return schema with
        {
            Enum = [.. schema.Enum.Except(others)],
            Items = Values(
                items.Enum.Count > 0
                    ? items
                    : items with
                    {
                        Types = items.Types.Count > 0 ? items.Types : types,
                        Enum = others,
                    }
            ),
        };
    }

    // '/^a$/' is a pattern in JavaScript source. Read literally, it requires a slash before the beginning of the text.
    private SchemaModel Pattern(SchemaModel schema)
    {
        if (
            schema.Pattern is not ['/', ..] pattern
            || pattern.LastIndexOf('/') is not (> 1 and var end)
            || !pattern[(end + 1)..].All(flag => "dgimsuvy".Contains(flag, StringComparison.Ordinal))
        )
        {
            return schema;
        }

        var inner = pattern[1..end];
        if (!inner.StartsWith('^') && !(inner.EndsWith('$') && !inner.EndsWith("\\$", StringComparison.Ordinal)))
        {
            return schema;
        }

        var flags = pattern[(end + 1)..];
        // JSON Schema has no equivalent of flags such as "ignore case".
        var isKept = flags.All(flag => flag is 'd' or 'g' or 'u' or 'v' or 'y');
        tell(
            isKept
                ? "The pattern stands between slashes, so no value fits it; it is read without them."
                : "The pattern stands between slashes and has flags, which JSON Schema cannot express; it is left out."
        );
        return schema with { Pattern = isKept ? inner.Replace("\\/", "/", StringComparison.Ordinal) : null };
    }

    private static JsonValue? Converted(JsonNode value, IReadOnlyList<string> types)
    {
        var text = value is JsonValue ? value.ToString() : null;
        return text switch
        {
            null => null,
            "true" or "false" when types.Contains("boolean") => JsonValue.Create(text == "true"),
            _ when types.Any(type => type is "integer" or "number")
                    && Number(text) is { } number
                    && types.Any(type => IsOf(number, type)) => number,
            _ when types.Contains("string") && value.GetValueKind() != JsonValueKind.String => JsonValue.Create(text),
            _ => null,
        };
    }

    private static JsonValue? Number(string text)
    {
        try
        {
            return
                text.Length > 0
                && JsonNode.Parse(text) is JsonValue value
                && value.GetValueKind() == JsonValueKind.Number
                ? value
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOf(JsonNode value, string type) =>
        KindOf(value) is var kind
        && (
            kind == type
            || (
                kind == "number"
                && type == "integer"
                && decimal.TryParse(
                    value.ToJsonString(),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                && decimal.IsInteger(number)
            )
        );

    private static string KindOf(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "number",
        };

    /// <summary>The first of some values, as a message tells them.</summary>
    public static string Some(IReadOnlyList<JsonNode> values)
    {
        const int most = 5;
        return PlainText.Line(
            string.Join(", ", values.Take(most).Select(value => value.ToJsonString()))
                + (values.Count > most ? ", …" : "")
        );
    }
}
