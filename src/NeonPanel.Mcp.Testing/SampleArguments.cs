using System.Globalization;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Testing;

/// <summary>Arguments of a tool, made from the schema that clients get. They are always the same.</summary>
internal static class SampleArguments
{
    private const int MaxDepth = 5;
    private const string File = "data:text/plain;base64,aGVsbG8=";

    /// <summary>A value for each argument.</summary>
    public static JsonObject All(ToolDescriptor tool) => Of(tool, (_, _) => true);

    /// <summary>A value for each required argument.</summary>
    public static JsonObject Required(ToolDescriptor tool) => Of(tool, IsRequired);

    private static JsonObject Of(ToolDescriptor tool, Func<JsonObject, string, bool> isWanted)
    {
        var schema = JsonNode.Parse(tool.InputSchema)!.AsObject();
        var arguments = new JsonObject();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (isWanted(schema, name))
            {
                arguments[name] = tool.FileArguments.Contains(name) ? FileOf(property) : Value(property, 0);
            }
        }

        return arguments;
    }

    private static bool IsRequired(JsonObject schema, string name) =>
        schema["required"] is JsonArray required && required.Any(item => (string?)item == name);

    private static JsonNode FileOf(JsonNode? schema) =>
        (schema as JsonObject)?["type"]?.ToString() == "array" ? new JsonArray(File) : File;

    private static JsonNode? Value(JsonNode? node, int depth)
    {
        if (node is not JsonObject schema)
        {
            return "sample";
        }

        var given = schema["const"]
            ?? First(schema["enum"])
            ?? schema["default"]
            ?? First(schema["examples"])
            ?? schema["example"];
        if (given is not null)
        {
            return given.DeepClone();
        }

        if (First(schema["oneOf"] ?? schema["anyOf"]) is { } form && schema["type"] is null)
        {
            return Value(form, depth + 1);
        }

        var type = schema["type"] is JsonArray types ? types[0]?.ToString() : schema["type"]?.ToString();
        return type switch
        {
            "integer" or "number" => Number(schema),
            "boolean" => true,
            "array" => depth < MaxDepth ? new JsonArray(Value(schema["items"], depth + 1)) : new JsonArray(),
            "object" => Members(schema, depth),
            "null" => null,
            _ => Text(schema),
        };
    }

    // An empty text is left out in some places of a request.
    private static JsonNode? First(JsonNode? list) =>
        list is JsonArray array ? array.FirstOrDefault(item => item?.ToString().Length > 0) : null;

    private static JsonNode Number(JsonObject schema)
    {
        var minimum = schema["minimum"] ?? schema["maximum"];
        return minimum is null ? 7 : JsonNode.Parse(minimum.ToJsonString())!;
    }

    private static JsonObject Members(JsonObject schema, int depth)
    {
        var members = new JsonObject();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (depth < MaxDepth || IsRequired(schema, name))
            {
                members[name] = Value(property, depth + 1);
            }
        }

        return members;
    }

    private static string Text(JsonObject schema)
    {
        var text = schema["format"]?.ToString() switch
        {
            "date" => "2026-02-28",
            "date-time" => "2026-02-28T10:20:30Z",
            "uuid" => "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31",
            "email" => "sample@example.com",
            "uri" => "https://example.com/sample",
            _ => "sample",
        };
        return
            schema["minLength"] is { } least
            && int.TryParse(least.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? text.PadRight(length, 'x')
            : text;
    }
}
