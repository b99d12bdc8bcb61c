using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Converts a schema of the specification into a <see cref="SchemaModel"/>: references are inlined,
/// combinations merged, recursion cut (rule C4).</summary>
/// <param name="document">The document that references point into.</param>
/// <param name="rewrite">Converts a text of the specification into one for clients.</param>
internal sealed class SchemaNormalizer(SpecificationDocument document, Func<string?, string> rewrite)
{
    /// <summary>How often a referenced schema may occur inside itself before it is cut.</summary>
    public const int MaxRecursion = 1;

    /// <summary>Depths of description, the deepest first. If a description is too large, the next depth is
    /// tried.</summary>
    public static readonly IReadOnlyList<int> Depths = [12, 6, 4, 3, 2, 1];

    /// <summary>Most schemas in the description of one body or response, so that nested references stay finite. More
    /// would not fit into an input schema.</summary>
    private const int MaxNodes = 1000;

    /// <summary>Most alternatives or parts of one schema to describe.</summary>
    private const int MaxParts = 100;

    private const int MaxPartDepth = 64;

    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private readonly bool hasSiblings = !(
        document.Root.Text("openapi")?.StartsWith("3.0", StringComparison.Ordinal) ?? false
    );
    private readonly SortedDictionary<string, (string Pointer, string Message)> findings = new(StringComparer.Ordinal);
    private readonly HashSet<string> nullable = new(StringComparer.Ordinal);
    private readonly Dictionary<JsonObject, string> texts = new(ReferenceEqualityComparer.Instance);
    private readonly SchemaFamilies families = new(document);
    private readonly DynamicScope scope = new(document);
    private readonly SchemaKinds kinds = new(document);
    private bool isAnswer;
    private int maxDepth;
    private int depth;
    private int partDepth;
    private int nodes;

    /// <summary>Gets messages about loosened schemas, with their positions.</summary>
    public IEnumerable<(string Pointer, string Message)> Findings => findings.Values;

    /// <summary>Gets the positions at which <c>nullable</c> was read.</summary>
    public IReadOnlySet<string> Nullable => nullable;

    /// <summary>Normalizes one schema of an operation.</summary>
    /// <param name="schema">The schema: any JSON value, or <see langword="null"/>.</param>
    /// <param name="pointer">The position of the schema.</param>
    /// <param name="deepest">Levels of members and items to describe.</param>
    /// <param name="ofAnswer">Whether the schema is that of a response. Members with <c>readOnly</c> are never sent,
    /// members with <c>writeOnly</c> never returned (OpenAPI 3.0.4, "Schema Object"; JSON Schema Validation
    /// §9.4).</param>
    public SchemaModel Normalize(JsonNode? schema, string pointer, int deepest, bool ofAnswer = false)
    {
        isAnswer = ofAnswer;
        SchemaModel model = new();
        // Uses the deepest description within the limit of schemas. The least deep one is cut at that limit.
        foreach (var limit in Depths.Where(limit => limit <= deepest))
        {
            open.Clear();
            scope.Clear();
            maxDepth = limit;
            depth = 0;
            partDepth = 0;
            nodes = 0;
            model = ReadValue(schema, pointer);
            if (nodes <= MaxNodes)
            {
                break;
            }
        }

        return model;
    }

    // A value has all members that its parts and forms require; a part or form alone need not declare them.
    private SchemaModel ReadValue(JsonNode? schema, string pointer)
    {
        var model = Read(schema, pointer);
        return isAnswer ? model : RequiredMembers.Add(model, name => Tell(pointer, name));

        void Tell(string place, string name) =>
            Find(
                place,
                $"'{PlainText.Line(name)}' is required, but the schema neither declares it nor allows members that it does "
                    + "not declare; it can be given all the same."
            );
    }

    private void Find(string pointer, string message) => findings[pointer + "\n" + message] = (pointer, message);

    // A part of allOf already is one of the family's forms, so the other forms do not apply to it.
    private SchemaModel Read(JsonNode? schema, string pointer, bool isPart = false)
    {
        // true, false or a missing schema: any value.
        if (schema is not JsonObject map)
        {
            nodes++;
            return new();
        }

        if (++nodes > MaxNodes || partDepth >= MaxPartDepth)
        {
            return kinds.KindOf(map, pointer);
        }

        var isScope = DynamicScope.IsOne(map);
        if (isScope)
        {
            scope.Enter(map, pointer);
        }

        SchemaModel model;
        if (DynamicScope.ReferenceOf(map) is { } reference)
        {
            model = ReadDynamic(map, reference, pointer, isPart);
        }
        else if (SpecificationDocument.ReferenceOf(map) is null)
        {
            model = ReadObject(map, pointer, isPart);
        }
        else
        {
            model = ReadReference(map, pointer, isPart);
        }

        if (isScope)
        {
            scope.Leave();
        }

        return model;
    }

    // The target is known here, because every value is read from its outermost schema on.
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
            // Follows one step only, because a reference on the way may have siblings that apply as well.
            (target, targetPointer) = document.Follow(map, pointer);
        }

        var times = open.GetValueOrDefault(targetPointer);
        SchemaModel model;
        if (times > MaxRecursion)
        {
            model = SchemaKinds.Cut(target as JsonObject ?? []);
        }
        else
        {
            open[targetPointer] = times + 1;
            partDepth++;
            model = Read(target, targetPointer, isPart);
            partDepth--;
            open[targetPointer] = times;
        }

        // OpenAPI 3.1: siblings of $ref apply as well. The text beside the reference has priority, in 3.0 too.
        var text = TextOf(map, "description");
        if (hasSiblings && map.Any(pair => pair.Key is not ("$ref" or "description" or "summary")))
        {
            model = SchemaMerger.All(ReadObject(map, pointer, isPart), model);
        }

        return text.Length == 0 ? model : model with { Description = text };
    }

    // Cached, because a schema is read once for each place that refers to it and for each depth that is tried.
    private string TextOf(JsonObject map, string otherwise)
    {
        if (!texts.TryGetValue(map, out var text))
        {
            texts[map] = text = rewrite(map.Text("description") ?? map.Text(otherwise));
        }

        return text;
    }

    private SchemaModel ReadObject(JsonObject map, string pointer, bool isPart)
    {
        if (map.ContainsKey("nullable"))
        {
            nullable.Add(pointer);
        }

        var model = SchemaKeywords.Read(map, TextOf(map, "title")) with
        {
            Lookup = isAnswer ? null : LookupReader.Read(map, pointer, document.Root),
        };
        model = depth >= maxDepth ? kinds.Outline(model, map, pointer) : ReadInside(model, map, pointer);
        partDepth++;
        model = Parts(map, "allOf", pointer, arePartsOfOne: true).Aggregate(model, SchemaMerger.All);
        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            var branches = Parts(map, keyword, pointer);
            if (branches.Count > 0)
            {
                model = Either(model, branches, map, keyword, pointer);
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
            model = new ImpossibleValues(message => Find(pointer, message)).Loosen(model);
        }

        return SchemaKeywords.Not(map) is not { } not
            ? model
            : model with
            {
                Description = PlainText.Sentence(model.Description, not),
            };
    }

    // A value fits the form that its discriminating member names, and no other one. Without a mapping, real documents
    // mean other values than the names of the schemas.
    private SchemaModel Either(
        SchemaModel model,
        List<SchemaModel> branches,
        JsonObject map,
        string keyword,
        string pointer
    )
    {
        var merged = SchemaMerger.AllAndAny(model, branches);
        var discriminator = map["discriminator"];
        if (
            isAnswer
            || merged.Alternatives.Count == 0
            || discriminator.Members("mapping").Count == 0
            || discriminator.Text("propertyName") is not { } member
        )
        {
            return merged;
        }

        var forms = families.Of(map, pointer);
        var told = branches.Select(
            (branch, index) => SchemaFamilies.Only(branch, member, families.ValuesOf(forms, map.Items(keyword)[index]))
        );
        return merged with { Alternatives = SchemaMerger.AllAndAny(model, [.. told]).Alternatives };
    }

    // Members of a conditional part may always be sent, because the API checks the condition.
    private SchemaModel Conditional(SchemaModel model, JsonObject map, string pointer)
    {
        foreach (var parts in SchemaCondition.Of(map, pointer))
        {
            var branches = parts
                .Select(part => part.Tell(Read(part.Schema, part.Pointer)) with { Description = "" })
                .ToList();
            model = SchemaMerger.AllAndAny(model, branches) with { Description = model.Description };
        }

        return isAnswer ? model : SchemaCondition.TellRequired(model, map, pointer);
    }

    // Forms that a discriminator distinguishes. If the schema does not list them, they are the schemas built on it. An
    // object at the root accepts only members that it names, so their members are added there, as far as the size
    // allows.
    private SchemaModel Discriminated(SchemaModel model, JsonObject map, string pointer)
    {
        var forms = families.Of(map, pointer);
        var member = map["discriminator"].Text("propertyName");
        if (depth == 0 && maxDepth > 1 && !map.ContainsKey("oneOf") && !map.ContainsKey("anyOf") && forms.Count > 0)
        {
            var branches = forms
                .DistinctBy(form => form.Pointer)
                .Take(MaxParts)
                .Select(form => (form.Pointer, Schema: Read(document.Find(form.Pointer), form.Pointer, isPart: true)))
                .ToList();
            var named = branches.Select(branch =>
                SchemaFamilies.Only(branch.Schema, member, SchemaFamilies.ValuesOf(forms, branch.Pointer))
            );
            model = SchemaMerger.All(model, SchemaMerger.Any([model, .. branches.Select(branch => branch.Schema)])) with
            {
                Alternatives = SchemaMerger.All(model, SchemaMerger.Any([.. named])).Alternatives,
            };
        }

        return SchemaFamilies.Tell(model, member, forms);
    }

    private SchemaModel ReadInside(SchemaModel model, JsonObject map, string pointer)
    {
        depth++;
        var items = ItemsOf(map, pointer);
        var properties = PropertiesOf(map, pointer);
        var declared = map.Members("properties");
        model = model with
        {
            Items = items,
            Properties = properties,
            Untold =
                properties.Count == declared.Count
                    ? []
                    : [.. declared.Select(pair => pair.Key).Except(properties.Select(told => told.Name))],
            AdditionalProperties = AdditionalOf(map, pointer),
        };
        depth--;
        return model;
    }

    private List<SchemaModel> Parts(JsonObject map, string keyword, string pointer, bool arePartsOfOne = false) =>
        map[keyword] is JsonArray list
            ?
            [
                .. list.Take(MaxParts)
                    .Select(
                        (part, index) => Read(part, JsonPointer.Append(pointer + "/" + keyword, index), arePartsOfOne)
                    ),
            ]
            : [];

    // A list in 'items' means 'prefixItems': it is an error in 3.0, and the old syntax of JSON Schema.
    private SchemaModel? ItemsOf(JsonObject map, string pointer)
    {
        var fixedItems = Parts(map, "prefixItems", pointer).Concat(Parts(map, "items", pointer)).ToList();
        var items = map["items"] is JsonObject rest ? ReadValue(rest, pointer + "/items") : null;
        if (fixedItems.Count == 0)
        {
            return items;
        }

        var merged = SchemaMerger.Any(items is null ? fixedItems : [.. fixedItems, items]);
        return merged with
        {
            Description = "In this order: " + string.Join(", ", fixedItems.Select(SchemaOutline.Form)) + ".",
        };
    }

    private SchemaModel? AdditionalOf(JsonObject map, string pointer)
    {
        var patterns = map.Members("patternProperties")
            .Take(MaxParts)
            .Select(pair => ReadValue(pair.Value, JsonPointer.Append(pointer + "/patternProperties", pair.Key)))
            .ToList();
        var keyword = map["additionalProperties"] is JsonObject ? "additionalProperties" : "unevaluatedProperties";
        var others = map[keyword] is JsonObject { Count: > 0 } more ? ReadValue(more, pointer + "/" + keyword) : null;
        return patterns.Count == 0 ? others : SchemaMerger.Any(others is null ? patterns : [.. patterns, others]);
    }

    private List<PropertyModel> PropertiesOf(JsonObject map, string pointer)
    {
        if (map["properties"] is not JsonObject properties)
        {
            return [];
        }

        var required = SchemaKeywords.RequiredOf(map);
        return
        [
            .. properties
                .Take(MaxNodes)
                // The schema 'false' forbids the member, so clients do not see it.
                .Where(property => property.Value?.GetValueKind() != JsonValueKind.False)
                .Select(property => new PropertyModel(
                    property.Key,
                    ReadValue(property.Value, JsonPointer.Append(pointer + "/properties", property.Key)),
                    required.Contains(property.Key)
                ))
                .Where(property => isAnswer ? !property.Schema.IsWriteOnly : !property.Schema.IsReadOnly),
        ];
    }
}
