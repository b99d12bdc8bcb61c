using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Converts a <see cref="SchemaModel"/> into JSON Schema that clients accept.</summary>
internal static class ClientSchema
{
    /// <summary>Largest input schema, in bytes (rule C2).</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Target size of an output schema in bytes, about 1,000 tokens (rule C5). The depth of description is
    /// reduced to reach it, but not below <see cref="WorthyDepth"/>.</summary>
    public const int WorthyBytes = 4000;

    /// <summary>Least depth, in levels, to which a description is reduced for its size.</summary>
    public const int WorthyDepth = 4;

    /// <summary>Sentence in the text of a value that may be null, unless the text says so in other words.</summary>
    public const string NullableText = "Nullable.";

    /// <summary>Text of a schema that accepts every value. An empty schema would not explain itself to a client (rule
    /// C4).</summary>
    private const string AnyText = "Any value.";

    public static int SizeOf(JsonObject schema) => schema.ToJsonString().Length;

    /// <summary>Returns the size of one value in an input schema.</summary>
    public static int SizeOf(SchemaModel schema) => SizeOf(Value(schema));

    /// <summary>Returns the schema of a tool's arguments (rules C1 and C2).</summary>
    public static JsonObject Input(SchemaModel arguments)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = Properties(arguments) };
        AddRequired(schema, arguments);
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>Returns the output schema for the shape of an answer: an object at the root, and no constraint that a
    /// real answer could violate (rule C3). No member is required, and no object is closed. Only a proven value has a
    /// type: the server keeps other values out of it (decision 0053). The description states the kind of all others,
    /// and what a type does not tell.</summary>
    public static JsonObject Output(SchemaModel shape) =>
        new() { ["type"] = "object", ["properties"] = OutputProperties(shape) };

    /// <summary>Returns the object that the server returns for an answer. An answer that is not an object becomes its
    /// only member.</summary>
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
        foreach (var property in schema.Properties.Where(property => PropertyName.IsAccepted(property.Name)))
        {
            properties[property.Name] = Value(property.Schema, property.Name);
        }

        return properties;
    }

    private static JsonObject Value(SchemaModel schema, string name = "")
    {
        var value = new JsonObject();
        // Several types would need a list in 'type', which rule C2 forbids. The text lists them instead.
        if (schema.Types is [var type])
        {
            value["type"] = type;
        }

        var text = Description(EchoText.Repeats(schema.Description, name) ? schema with { Description = "" } : schema);
        Add(value, "description", text.Length > 0 ? text : null);
        // The number of bits of a number does not matter in JSON, and costs tokens.
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
            // The text of the list already describes its items. A second text for each item only costs tokens.
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

        // Clients reject keywords of objects on values of other types (rule C1).
        if (schema.Types.Count > 0 && !schema.Types.Contains("object"))
        {
            return value;
        }

        AddMembers(value, schema);
        if (value.Count == 0)
        {
            value["description"] = AnyText;
        }

        return value;
    }

    private static void AddMembers(JsonObject value, SchemaModel schema)
    {
        if (schema.Properties.Count > 0)
        {
            value["properties"] = Properties(schema);
            AddRequired(value, schema);
        }

        if (schema.IsClosed && schema.Properties.All(property => PropertyName.IsAccepted(property.Name)))
        {
            value["additionalProperties"] = false;
        }
        else if (schema.AdditionalProperties is not null)
        {
            value["additionalProperties"] = Value(schema.AdditionalProperties);
        }
    }

    private static string Description(SchemaModel schema)
    {
        var text = schema.Description;
        // The text about an argument with a lookup says that names are accepted.
        if (schema.Types.Count > 1 && schema.Lookup is null)
        {
            text = PlainText.Sentence(text, "Type: " + string.Join(" or ", schema.Types) + ".");
        }

        // A member whose name clients reject cannot be part of the schema, but it may be sent (rule C2).
        if (
            schema.Properties.Where(property => !PropertyName.IsAccepted(property.Name)).ToList() is
            { Count: > 0 } unlisted
        )
        {
            text = PlainText.Sentence(
                text,
                "Also takes "
                    + string.Join(
                        ", ",
                        unlisted.Select(property =>
                            $"'{PlainText.Line(property.Name)}' ({SchemaOutline.Form(property.Schema)}{(property.IsRequired ? ", required" : "")})"
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
            .Properties.Where(property => property.IsRequired && PropertyName.IsAccepted(property.Name))
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
        var value = new JsonObject();
        if (schema.IsProven)
        {
            value["type"] = schema.Types[0];
        }

        if (schema.Types.Contains("array"))
        {
            Add(value, "items", schema.Items is { } items ? OutputValue(items) : null);
        }
        else if (schema.Properties.Count > 0)
        {
            value["properties"] = OutputProperties(schema);
        }
        else
        {
            Add(value, "description", Words(schema));
        }

        if (value.Count == 0)
        {
            value["description"] = "array";
        }

        return value;
    }

    // The description of a value; null if its proven type says all.
    private static string? Words(SchemaModel schema) =>
        schema switch
        {
            { Enum.Count: > 0 } => string.Join(
                " | ",
                schema.Enum.Select(value => value is JsonValue ? value.ToString() : JsonText.Compact(value))
            ),
            { Format: { } format } => format,
            { IsProven: true } => null,
            { Types.Count: > 0 } => string.Join(" or ", schema.Types),
            _ => "any value",
        };

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
