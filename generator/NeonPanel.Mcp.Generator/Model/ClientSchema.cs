using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Normalization;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>The JSON Schemas that clients accept, of a <see cref="SchemaModel"/>.</summary>
internal static class ClientSchema
{
    /// <summary>A schema is told less deep to have at most so many bytes, 1,000 tokens (rule C5) …</summary>
    public const int WorthyBytes = 4000;

    /// <summary>… but not less deep than this.</summary>
    public const int WorthyDepth = 4;

    /// <summary>What stands in the text of a value that may be null, where the text does not say so in other
    /// words.</summary>
    public const string NullableText = "Nullable.";

    /// <summary>Text of a schema that accepts every value: an empty schema tells a client nothing (rule C4).</summary>
    private const string AnyText = "Any value.";

    public static int SizeOf(JsonObject schema) => schema.ToJsonString().Length;

    /// <summary>Returns the size of one value in an input schema.</summary>
    public static int SizeOf(SchemaModel schema) => SizeOf(Value(schema));

    /// <summary>The arguments of a tool: rules C1 and C2.</summary>
    public static JsonObject Input(SchemaModel arguments)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = Properties(arguments) };
        AddRequired(schema, arguments);
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>Puts the shape of an answer into words: an object at the root, and below it nothing that a real answer
    /// could break (rule C3): no type that refuses null, nothing required, nothing closed. A description states the
    /// kind of a value.</summary>
    public static JsonObject Output(SchemaModel shape) =>
        new() { ["type"] = "object", ["properties"] = OutputProperties(shape) };

    /// <summary>The object that an answer is handed over as: what is none is its only member.</summary>
    public static SchemaModel Answer(SchemaModel? answer) =>
        answer switch
        {
            null => new() { Properties = [new("status", new() { Types = ["string"] }, false)] },
            { IsObject: true } => answer,
            { Types: ["array"] } => new() { Properties = [new("items", answer, false)] },
            _ => new() { Properties = [new("value", answer, false)] },
        };

    private static JsonObject Properties(SchemaModel schema)
    {
        var properties = new JsonObject();
        foreach (var property in schema.Properties.Where(property => ClientRules.IsPropertyName(property.Name)))
        {
            properties[property.Name] = Value(property.Schema);
        }

        return properties;
    }

    private static JsonObject Value(SchemaModel schema)
    {
        var value = new JsonObject();
        // Several types would be an array in 'type' (rule C2): they are told in the text instead.
        if (schema.Types is [var type])
        {
            value["type"] = type;
        }

        var text = Description(schema);
        Add(value, "description", text.Length > 0 ? text : null);
        // How many bits a number has is no matter of JSON, and costs tokens.
        Add(value, "format", schema.Format is "float" or "double" or "int32" or "int64" ? null : schema.Format);
        if (schema.Enum.Count > 0)
        {
            value["enum"] = new JsonArray([
                .. schema.Enum.DistinctBy(item => item.ToJsonString()).Select(item => item.DeepClone()),
            ]);
        }

        Add(value, "pattern", schema.Pattern is { } pattern ? ClientPattern.Of(pattern) : null);
        AddLimits(value, schema.Limits);
        Add(value, "default", schema.Default?.DeepClone());
        if (schema.Types.Contains("array"))
        {
            // The list's own text speaks of its items; a second one on each object only costs tokens.
            value["items"] = schema.Items is null
                ? new JsonObject { ["description"] = AnyText }
                : Value(
                    text.Length > 0 && schema.Items.IsObject && schema.Items.Properties.Count > 0
                        ? schema.Items with
                        {
                            Description = "",
                        }
                        : schema.Items
                );
        }

        // Clients refuse the words of objects on anything else (rule C1).
        if (schema.Types.Count > 0 && !schema.Types.Contains("object"))
        {
            return value;
        }

        if (schema.Properties.Count > 0)
        {
            value["properties"] = Properties(schema);
            AddRequired(value, schema);
        }

        if (schema.IsClosed && schema.Properties.All(property => ClientRules.IsPropertyName(property.Name)))
        {
            value["additionalProperties"] = false;
        }
        else if (schema.AdditionalProperties is not null)
        {
            value["additionalProperties"] = Value(schema.AdditionalProperties);
        }

        if (value.Count == 0)
        {
            value["description"] = AnyText;
        }

        return value;
    }

    private static string Description(SchemaModel schema)
    {
        var text = schema.Description;
        if (schema.Types.Count > 1)
        {
            text = PlainText.Sentence(text, "Type: " + string.Join(" or ", schema.Types) + ".");
        }

        // A member whose name clients refuse cannot stand in the schema; it may still be sent (rule C2).
        if (
            schema.Properties.Where(property => !ClientRules.IsPropertyName(property.Name)).ToList() is
            { Count: > 0 } unlisted
        )
        {
            text = PlainText.Sentence(
                text,
                "Also takes "
                    + string.Join(
                        ", ",
                        unlisted.Select(property =>
                            $"'{PlainText.Line(property.Name)}' ({SchemaMerger.Form(property.Schema)}{(property.IsRequired ? ", required" : "")})"
                        )
                    )
                    + "."
            );
        }

        if (schema.IsDeprecated)
        {
            text = PlainText.Deprecated(text);
        }

        return schema.Nullable && !text.Contains("null", StringComparison.OrdinalIgnoreCase)
            ? PlainText.Sentence(text, NullableText)
            : text;
    }

    private static void AddRequired(JsonObject value, SchemaModel schema)
    {
        var names = schema
            .Properties.Where(property => property.IsRequired && ClientRules.IsPropertyName(property.Name))
            .Select(property => (JsonNode)property.Name)
            .ToArray();
        if (names.Length > 0)
        {
            value["required"] = new JsonArray(names);
        }
    }

    private static JsonObject OutputProperties(SchemaModel schema)
    {
        var properties = new JsonObject();
        foreach (var property in schema.Properties)
        {
            properties[property.Name] = OutputValue(property.Schema);
        }

        return properties;
    }

    private static JsonObject OutputValue(SchemaModel schema)
    {
        if (schema.Types.Contains("array"))
        {
            return schema.Items is null
                ? new() { ["description"] = "array" }
                : new() { ["items"] = OutputValue(schema.Items) };
        }

        if (schema.Properties.Count > 0)
        {
            return new() { ["properties"] = OutputProperties(schema) };
        }

        return new()
        {
            ["description"] = schema switch
            {
                { Enum.Count: > 0 } => string.Join(
                    " | ",
                    schema.Enum.Select(value => value is JsonValue ? value.ToString() : JsonText.Compact(value))
                ),
                { Format: { } format } => format,
                { Types.Count: > 0 } => string.Join(" or ", schema.Types),
                _ => "any value",
            },
        };
    }

    private static void Add(JsonObject value, string keyword, JsonNode? node)
    {
        if (node is not null)
        {
            value[keyword] = node;
        }
    }

    private static void AddLimits(JsonObject value, SchemaLimits limits)
    {
        foreach (var keyword in LimitKeyword.All)
        {
            if (limits[keyword] is { } limit)
            {
                value[limit.IsExclusive ? keyword.ExclusiveName! : keyword.Name] = JsonNode.Parse(limit.Digits);
            }
        }
    }
}
