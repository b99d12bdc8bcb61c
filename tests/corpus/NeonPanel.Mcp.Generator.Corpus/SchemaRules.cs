using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>Rules C1 to C4, written a second time and without the generator's help, so that the two can
/// disagree.</summary>
internal static class SchemaRules
{
    private static readonly string[] NowhereAllowed =
    [
        "$ref",
        "$defs",
        "definitions",
        "$schema",
        "oneOf",
        "anyOf",
        "allOf",
        "not",
        "$dynamicRef",
        "prefixItems",
    ];

    public static IEnumerable<string> Input(JsonObject schema)
    {
        if (
            schema["type"]?.ToString() != "object"
            || schema["properties"] is not JsonObject
            || schema["additionalProperties"]?.ToJsonString() != "false"
        )
        {
            yield return "C1: the root is no closed object";
        }

        if (System.Text.Encoding.UTF8.GetByteCount(schema.ToJsonString()) > 16 * 1024)
        {
            yield return $"C2: {schema.ToJsonString().Length} bytes";
        }

        foreach (var finding in Nodes(schema, "", isRoot: true))
        {
            yield return finding;
        }
    }

    public static IEnumerable<string> Output(JsonObject schema)
    {
        if (schema["type"]?.ToString() != "object")
        {
            yield return "C3: the root is no object";
        }

        foreach (var finding in Nodes(schema, "", isRoot: true))
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> Nodes(JsonNode? node, string place, bool isRoot = false)
    {
        if (node is not JsonObject schema)
        {
            yield return $"C2: {place} is no schema object but {node?.ToJsonString() ?? "null"}";
            yield break;
        }

        if (schema.Count == 0)
        {
            yield return $"C4: {place} is an empty schema";
        }

        foreach (var keyword in NowhereAllowed.Where(schema.ContainsKey))
        {
            yield return $"C1: {place} holds {keyword}";
        }

        if (isRoot && schema.ContainsKey("enum"))
        {
            yield return "C1: enum at the root";
        }

        if (
            schema["type"] is JsonArray
            || schema["items"] is JsonArray
            || schema["exclusiveMinimum"]?.GetValueKind()
                is System.Text.Json.JsonValueKind.True
                    or System.Text.Json.JsonValueKind.False
        )
        {
            yield return $"C2: {place} holds a list of types or items, or a boolean bound";
        }

        if (schema["type"]?.ToString() == "array" && !schema.ContainsKey("items"))
        {
            yield return $"C2: {place} is an array without items";
        }

        foreach (var (name, value) in schema["properties"] as JsonObject ?? [])
        {
            if (
                name.Length is 0 or > 64
                || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-')
            )
            {
                yield return $"C2: {place} names a member '{name}'";
            }

            foreach (var finding in Nodes(value, place + "/" + name))
            {
                yield return finding;
            }
        }

        foreach (var keyword in (string[])["items", "additionalProperties"])
        {
            if (schema[keyword] is { } inner && inner is not JsonValue)
            {
                foreach (var finding in Nodes(inner, place + "/" + keyword))
                {
                    yield return finding;
                }
            }
        }
    }
}
