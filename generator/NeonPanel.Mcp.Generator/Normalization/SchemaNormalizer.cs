using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Schema of the specification → <see cref="SchemaModel"/>: references inlined, combinations merged, recursion cut
/// (rule C4).</summary>
/// <param name="document">The document that references point into.</param>
/// <param name="rewrite">Makes a text of the specification into one for clients.</param>
internal sealed class SchemaNormalizer(SpecificationDocument document, Func<string?, string> rewrite)
{
    /// <summary>How often one referenced schema may stand inside itself before it is cut.</summary>
    public const int MaxRecursion = 1;

    /// <summary>How deep values are described, the most first: the next is taken where one would grow too large.</summary>
    public static readonly IReadOnlyList<int> Depths = [12, 6, 4, 3, 2, 1];

    /// <summary>Most schemas that one body or answer may grow to: a fan of references stays finite. More do not fit into
    /// an input schema.</summary>
    private const int MaxNodes = 1000;

    /// <summary>Most alternatives or parts of one schema that are told.</summary>
    private const int MaxParts = 100;

    private const int MaxPartDepth = 64;

    /// <summary>Most levels of items below the deepest level that are still called what they are.</summary>
    private const int MaxKinds = 4;

    /// <summary>Most forms of a discriminated schema that are told by name.</summary>
    private const int MaxForms = 20;

    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private readonly bool hasSiblings = !(document.Root.Text("openapi")?.StartsWith("3.0", StringComparison.Ordinal) ?? false);
    private readonly SortedDictionary<string, (string Pointer, string Message)> findings = new(StringComparer.Ordinal);
    private readonly HashSet<string> nullable = new(StringComparer.Ordinal);
    private readonly Dictionary<JsonObject, string> texts = new(ReferenceEqualityComparer.Instance);
    private readonly SchemaFamilies families = new(document);
    private readonly DynamicScope scope = new(document);
    private bool isAnswer;
    private int maxDepth;
    private int depth;
    private int partDepth;
    private int nodes;

    /// <summary>Gets what was loosened, and where.</summary>
    public IEnumerable<(string Pointer, string Message)> Findings => findings.Values;

    /// <summary>Gets where <c>nullable</c> was read.</summary>
    public IReadOnlySet<string> Nullable => nullable;

    /// <summary>Normalizes one schema of an operation.</summary>
    /// <param name="schema">The schema; any JSON, or nothing.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="deepest">Levels of members and items that are described below it.</param>
    /// <param name="ofAnswer">Whether it is answered, and not sent: what is <c>readOnly</c> is never sent, what is
    /// <c>writeOnly</c> never answered (OpenAPI 3.0.4, "Schema Object"; JSON Schema Validation §9.4).</param>
    public SchemaModel Normalize(JsonNode? schema, string pointer, int deepest, bool ofAnswer = false)
    {
        isAnswer = ofAnswer;
        SchemaModel model = new();
        // The largest description that stays finite; the last is cut where it ends.
        foreach (var limit in Depths.Where(limit => limit <= deepest))
        {
            open.Clear();
            scope.Clear();
            maxDepth = limit;
            (depth, partDepth, nodes) = (0, 0, 0);
            model = Read(schema, pointer);
            if (nodes <= MaxNodes)
            {
                break;
            }
        }

        return model;
    }

    // A part of allOf is one form of several already, so the others of its family do not apply.
    private SchemaModel Read(JsonNode? schema, string pointer, bool isPart = false)
    {
        // true, false, absent: any value.
        if (schema is not JsonObject map)
        {
            nodes++;
            return new();
        }

        if (++nodes > MaxNodes || partDepth >= MaxPartDepth)
        {
            return KindOf(map, pointer, MaxKinds);
        }

        var isScope = DynamicScope.IsOne(map);
        if (isScope)
        {
            scope.Enter(map, pointer);
        }

        var model = DynamicScope.ReferenceOf(map) is { } reference ? ReadDynamic(map, reference, pointer, isPart)
            : SpecificationDocument.ReferenceOf(map) is null ? ReadObject(map, pointer, isPart)
            : ReadReference(map, pointer, isPart);
        if (isScope)
        {
            scope.Leave();
        }

        return model;
    }

    // The schema around that is meant is known here, as every value is read from its outermost schema on.
    private SchemaModel ReadDynamic(JsonObject map, string reference, string pointer, bool isPart)
    {
        if (scope.Find(reference) is not { } target)
        {
            return new() { Types = ["object"], Description = "Any object." };
        }

        var plain = new JsonObject { ["$ref"] = target };
        foreach (var (name, value) in map.Where(pair => pair.Key is not ("$ref" or "$dynamicRef" or "$recursiveRef")))
        {
            plain[name] = value?.DeepClone();
        }

        return ReadReference(plain, pointer, isPart);
    }

    private SchemaModel ReadReference(JsonObject map, string pointer, bool isPart)
    {
        var (target, targetPointer) = document.Resolve(map, pointer);
        if (hasSiblings)
        {
            // A reference on the way may have keywords beside it, which apply as well.
            (target, targetPointer) = document.Follow(map, pointer);
        }

        var times = open.GetValueOrDefault(targetPointer);
        SchemaModel model;
        if (times > MaxRecursion)
        {
            model = Cut(target as JsonObject ?? []);
        }
        else
        {
            open[targetPointer] = times + 1;
            partDepth++;
            model = Read(target, targetPointer, isPart);
            partDepth--;
            open[targetPointer] = times;
        }

        // OpenAPI 3.1: siblings of $ref apply as well; the nearer text is the better one, in 3.0 too.
        var text = TextOf(map, "description");
        if (hasSiblings && map.Any(pair => pair.Key is not ("$ref" or "description" or "summary")))
        {
            model = SchemaMerger.All(ReadObject(map, pointer, isPart), model);
        }

        return text.Length == 0 ? model : model with { Description = text };
    }

    // One schema is read many times: at every place that refers to it, and at every depth that is tried.
    private string TextOf(JsonObject map, string otherwise)
    {
        if (!texts.TryGetValue(map, out var text))
        {
            texts[map] = text = rewrite(map.Text("description") ?? map.Text(otherwise));
        }

        return text;
    }

    // A described plain object, never an empty schema (rule C4).
    private static SchemaModel Cut(JsonObject map) => new()
    {
        Types = TypesOf(map).Types is { Count: > 0 } types ? types : ["object"],
        Description = "Nested deeper than described here; same form as the object around it.",
    };

    private SchemaModel ReadObject(JsonObject map, string pointer, bool isPart)
    {
        if (map.ContainsKey("nullable"))
        {
            nullable.Add(pointer);
        }

        var (types, takesNull) = TypesOf(map);
        var values = EnumOf(map);
        var model = new SchemaModel
        {
            Types = types,
            Nullable = takesNull || values.Any(value => value is null),
            Description = TextOf(map, "title"),
            Enum = [.. values.Where(value => value is not null).Select(value => value!)],
            Format = map.Text("format"),
            MediaType = map.ContainsKey("contentEncoding") ? null : map.Text("contentMediaType"),
            Pattern = map.Text("pattern"),
            Limits = SchemaLimits.Read(map),
            Default = map["default"],
            IsDeprecated = map.IsTrue("deprecated"),
            IsReadOnly = map.IsTrue("readOnly"),
            IsWriteOnly = map.IsTrue("writeOnly"),
            TakesMore = IsAnything(map["additionalProperties"]) || IsAnything(map["unevaluatedProperties"]),
            Required = RequiredOf(map),
            IsClosed = map.Text("additionalProperties") == "false" && !map.ContainsKey("patternProperties"),
        };
        model = depth >= maxDepth ? Outline(model, map, pointer) : ReadInside(model, map, pointer);
        partDepth++;
        model = Parts(map, "allOf", pointer, arePartsOfOne: true).Aggregate(model, SchemaMerger.All);
        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            var branches = Parts(map, keyword, pointer);
            if (branches.Count > 0)
            {
                model = SchemaMerger.AllAndAny(model, branches);
            }
        }

        model = Conditional(model, map, pointer);

        if (!isPart && !isAnswer && map["discriminator"] is JsonObject)
        {
            model = Discriminated(model, map, pointer);
        }

        partDepth--;
        if (!isAnswer && !isPart)
        {
            model = new ImpossibleValues(message => findings[pointer + "\n" + message] = (pointer, message)).Loosen(model);
        }

        return Not(map) is not { } not ? model : model with { Description = PlainText.Sentence(model.Description, not) };
    }

    // Members under a condition can be sent; the API checks the condition.
    private SchemaModel Conditional(SchemaModel model, JsonObject map, string pointer)
    {
        foreach (var parts in SchemaCondition.Of(map, pointer))
        {
            var branches = parts.Select(part => part.Tell(Read(part.Schema, part.Pointer)) with { Description = "" }).ToList();
            model = SchemaMerger.AllAndAny(model, branches) with { Description = model.Description };
        }

        foreach (var (name, condition) in isAnswer ? [] : SchemaCondition.Required(map, pointer))
        {
            model = model with
            {
                Properties = [.. model.Properties.Select(property => property.Name != name || property.IsRequired ? property : property with
                {
                    Schema = property.Schema with { Description = PlainText.Sentence(property.Schema.Description, $"Required {condition}.") },
                })],
            };
        }

        return model;
    }

    // Forms that are told apart by a member. Where the schema does not list them, they are those that are built on it; an object at
    // the root takes no members but those it names, so there they are read too, as far as the size allows.
    private SchemaModel Discriminated(SchemaModel model, JsonObject map, string pointer)
    {
        var forms = families.Of(map, pointer);
        if (depth == 0 && maxDepth > 1 && !map.ContainsKey("oneOf") && !map.ContainsKey("anyOf") && forms.Count > 0)
        {
            var branches = forms.DistinctBy(form => form.Pointer).Take(MaxParts).Select(form => Read(document.Find(form.Pointer), form.Pointer, isPart: true));
            model = SchemaMerger.All(model, SchemaMerger.Any([model, .. branches]));
        }

        return forms.Count is 0 or > MaxForms ? model : model with
        {
            Properties = [.. model.Properties.Select(property => property.Name != map["discriminator"].Text("propertyName") || property.Schema.Enum.Count > 0 ? property
                : property with { Schema = property.Schema with
                {
                    Description = PlainText.Sentence(property.Schema.Description, "One of: " + string.Join(", ", forms.Select(form => PlainText.Line(form.Value))) + "."),
                } })],
        };
    }

    private SchemaModel ReadInside(SchemaModel model, JsonObject map, string pointer)
    {
        depth++;
        model = model with
        {
            Items = ItemsOf(map, pointer),
            Properties = PropertiesOf(map, pointer),
            AdditionalProperties = AdditionalOf(map, pointer),
        };
        depth--;
        return model;
    }

    // Below the deepest level, members are named in the text, and the kind of items and unnamed members stays (rule C4).
    private SchemaModel Outline(SchemaModel model, JsonObject map, string pointer)
    {
        if (map["items"] is JsonObject items)
        {
            model = model with { Items = KindOf(items, pointer + "/items", MaxKinds) };
        }

        if (map["additionalProperties"] is JsonObject { Count: > 0 } others)
        {
            model = model with { AdditionalProperties = KindOf(others, pointer + "/additionalProperties", MaxKinds) };
        }

        return map["properties"] is not JsonObject { Count: > 0 } properties ? model : model with
        {
            IsClosed = false,
            Description = PlainText.Sentence(model.Description, SchemaOutline.Members([.. properties.Select(property => property.Key)])),
        };
    }

    // The types of a schema, and of the items of a list, without a look at anything else.
    private SchemaModel KindOf(JsonObject map, string pointer, int levels)
    {
        if (Target(map, pointer) is not { } found)
        {
            return new();
        }

        var (schema, place) = found;
        if (DynamicScope.ReferenceOf(schema) is not null)
        {
            return new() { Types = ["object"] };
        }

        var (types, takesNull) = TypesOf(schema);
        if (types.Count == 0 && levels > 0 && schema.Items("allOf").FirstOrDefault(part => part is JsonObject) is JsonObject part)
        {
            return KindOf(part, place + "/allOf", levels - 1);
        }

        return new()
        {
            Types = types,
            Nullable = takesNull,
            Items = levels > 0 && types.Contains("array") && schema["items"] is JsonObject items ? KindOf(items, place + "/items", levels - 1) : null,
            Description = schema["properties"] is JsonObject { Count: > 0 } properties
                ? SchemaOutline.Members([.. properties.Select(property => property.Key)]) : "",
        };
    }

    // A reference that leads nowhere costs an operation only where its schema is described.
    private (JsonObject Schema, string Pointer)? Target(JsonObject map, string pointer)
    {
        try
        {
            return document.Resolve(map, pointer) is (JsonObject schema, var place) ? (schema, place) : null;
        }
        catch (FaultException)
        {
            return null;
        }
    }

    private List<SchemaModel> Parts(JsonObject map, string keyword, string pointer, bool arePartsOfOne = false) =>
        map[keyword] is JsonArray list
            ? [.. list.Take(MaxParts).Select((part, index) => Read(part, JsonPointer.Append(pointer + "/" + keyword, index), arePartsOfOne))]
            : [];

    // 'items' as a list is 3.0's misspelling, or JSON Schema's old word, of 'prefixItems'.
    private SchemaModel? ItemsOf(JsonObject map, string pointer)
    {
        var fixedItems = Parts(map, "prefixItems", pointer).Concat(Parts(map, "items", pointer)).ToList();
        var items = map["items"] is JsonObject rest ? Read(rest, pointer + "/items") : null;
        if (fixedItems.Count == 0)
        {
            return items;
        }

        var merged = SchemaMerger.Any(items is null ? fixedItems : [.. fixedItems, items]);
        return merged with { Description = "In this order: " + string.Join(", ", fixedItems.Select(SchemaMerger.Form)) + "." };
    }

    private SchemaModel? AdditionalOf(JsonObject map, string pointer)
    {
        var patterns = map.Members("patternProperties").Take(MaxParts)
            .Select(pair => Read(pair.Value, JsonPointer.Append(pointer + "/patternProperties", pair.Key))).ToList();
        var keyword = map["additionalProperties"] is JsonObject ? "additionalProperties" : "unevaluatedProperties";
        var others = map[keyword] is JsonObject { Count: > 0 } more ? Read(more, pointer + "/" + keyword) : null;
        return patterns.Count == 0 ? others : SchemaMerger.Any(others is null ? patterns : [.. patterns, others]);
    }

    private static bool IsAnything(JsonNode? schema) => schema is JsonObject { Count: 0 } || schema?.GetValueKind() == System.Text.Json.JsonValueKind.True;

    private List<PropertyModel> PropertiesOf(JsonObject map, string pointer)
    {
        if (map["properties"] is not JsonObject properties)
        {
            return [];
        }

        var required = RequiredOf(map);
        return [.. properties.Take(MaxNodes)
            // The schema 'false' forbids the member: it is told to nobody.
            .Where(property => property.Value?.GetValueKind() != System.Text.Json.JsonValueKind.False)
            .Select(property => new PropertyModel(
                property.Key,
                Read(property.Value, JsonPointer.Append(pointer + "/properties", property.Key)),
                required.Contains(property.Key)))
            .Where(property => isAnswer ? !property.Schema.IsWriteOnly : !property.Schema.IsReadOnly)];
    }

    private static HashSet<string> RequiredOf(JsonObject map) =>
        map.Items("required").OfType<JsonValue>().Select(name => name.ToString()).ToHashSet(StringComparer.Ordinal);

    // What is forbidden has no keyword that clients know: it is told in words, where it can be said in few.
    private static string? Not(JsonObject map) => map["not"] switch
    {
        JsonObject not when EnumOf(not) is { Count: > 0 and <= 20 } values =>
            "Not " + string.Join(" or ", values.Select(value => value?.ToJsonString() ?? "null")) + ".",
        JsonObject not when not.Text("pattern") is { } pattern => "Not matching " + PlainText.Clean(pattern) + ".",
        JsonObject not when TypesOf(not) is { Types: [var type], Nullable: false } && not.Count == 1 => "No " + type + ".",
        _ => null,
    };

    private static (IReadOnlyList<string> Types, bool Nullable) TypesOf(JsonObject map)
    {
        // 'nullable' belongs to 3.0; in 3.1 it is read as it was meant.
        var nullable = map.IsTrue("nullable");
        List<string> types = map["type"] switch
        {
            JsonArray list => [.. list.Select(type => type?.ToString() ?? "null")],
            { } one => [one.ToString()],
            null when map["properties"] is JsonObject => ["object"],
            null when map["items"] is JsonObject || map["prefixItems"] is JsonArray => ["array"],
            null when map["additionalProperties"] is JsonObject => ["object"],
            null => TypesOfValues(EnumOf(map)),
        };
        nullable |= types.Remove("null");
        types.RemoveAll(type => type is not ("object" or "array" or "string" or "number" or "integer" or "boolean"));
        return (types, nullable);
    }

    private static List<string> TypesOfValues(JsonArray values) =>
        [.. values.Select(value => value?.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.Object => "object",
            System.Text.Json.JsonValueKind.Array => "array",
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            System.Text.Json.JsonValueKind.Number => "number",
            _ => "null",
        }).Distinct()];

    private static JsonArray EnumOf(JsonObject map) =>
        map["enum"] as JsonArray ?? (map.ContainsKey("const") ? [map["const"]?.DeepClone()] : []);
}
