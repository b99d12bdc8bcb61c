using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Converts schemas of the specification into schemas from which NSwag makes good types. Only texts and the
/// wire names of members are copied. Every object gets a type with a name that the generator makes; all other schemas
/// are written inline.</summary>
/// <param name="document">The specification.</param>
internal sealed class TypedSchemas(SpecificationDocument document)
{
    private const string Components = "/components/schemas/";

    /// <summary>Deepest nesting of lists and maps without a named type between them.</summary>
    private const int MaxDepth = 32;

    /// <summary>Most members of a type. Further members are read as extension data.</summary>
    private const int MaxMembers = 1000;

    private readonly Dictionary<string, TypeEntry> types = new(StringComparer.Ordinal);
    private readonly List<JsonObject> references = [];
    private int depth;

    /// <summary>Converts one schema.</summary>
    /// <param name="schema">A schema, or <see langword="null"/>.</param>
    /// <param name="pointer">The position of the schema.</param>
    /// <param name="name">Name of the type if the schema has no name of its own.</param>
    /// <param name="owner">Prefix of the name if several types would have the same name.</param>
    public JsonObject Convert(JsonNode? schema, string pointer, string name, string owner)
    {
        if (depth >= MaxDepth || Read(schema, pointer) is not { } read)
        {
            return [];
        }

        depth++;
        try
        {
            return Convert(read, name, owner);
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>Returns the members of an object inline. Members of a form become parameters.</summary>
    public JsonObject ConvertForm(JsonNode? schema, string pointer)
    {
        var properties = new JsonObject();
        foreach (var (name, (member, place)) in Read(schema, pointer)?.Properties ?? [])
        {
            properties[name] = Convert(member, place, Identifier.Pascal(name), "");
        }

        return new() { ["type"] = "object", ["properties"] = properties };
    }

    /// <summary>Names all types and returns them. References to them are corrected in place.</summary>
    /// <param name="reserved">Names that are not allowed for types.</param>
    public JsonObject Name(IReadOnlySet<string> reserved)
    {
        bool IsReserved(string name) => reserved.Contains(name) || ClientNaming.ReservedTypes.Contains(name);
        // Names that the specification publishes have priority over made names.
        var names = NameAssignment.Assign(
            types.Where(pair => pair.Value.IsPublished).Select(pair => (pair.Key, pair.Value.Candidates(pair.Key))),
            IsReserved,
            StringComparer.Ordinal
        );
        var published = names.Values.ToHashSet(StringComparer.Ordinal);
        foreach (
            var (key, name) in NameAssignment.Assign(
                types
                    .Where(pair => !pair.Value.IsPublished)
                    .Select(pair => (pair.Key, pair.Value.Candidates(pair.Key))),
                name => IsReserved(name) || published.Contains(name),
                StringComparer.Ordinal
            )
        )
        {
            names[key] = name;
        }

        foreach (var reference in references)
        {
            reference["$ref"] = "#" + Components + names[reference["$ref"]!.GetValue<string>()];
        }

        return new(types.Select(pair => KeyValuePair.Create(names[pair.Key], (JsonNode?)pair.Value.Schema)));
    }

    /// <summary>Returns the type to which a converted schema refers, or <see langword="null"/>.</summary>
    public static string? ReferenceOf(JsonObject converted) =>
        converted["$ref"] is JsonValue reference ? reference.GetValue<string>()[(1 + Components.Length)..] : null;

    private JsonObject Convert(FlatSchema read, string name, string owner)
    {
        var result = new JsonObject();
        switch (read.Type)
        {
            case "object" when read.Properties.Count > 0:
                var reference = Reference(read, name, owner);
                result = read.Nullable ? new() { ["oneOf"] = new JsonArray(reference) } : reference;
                break;
            case "object":
                result["type"] = "object";
                if (read.Additional.Node is JsonObject { Count: > 0 })
                {
                    result["additionalProperties"] = Convert(
                        read.Additional.Node,
                        read.Additional.Pointer,
                        name + "Value",
                        owner
                    );
                }

                break;
            case "array":
                result["type"] = "array";
                result["items"] = Convert(read.Items.Node, read.Items.Pointer, name + "Item", owner);
                break;
            case "string" or "file":
                result["type"] = "string";
                // Other formats stay strings, because the API sends whole timestamps in members with the format 'date'.
                if (read.Type == "file" || read.Format is "binary" or "byte")
                {
                    result["format"] = read.Type == "file" ? "binary" : read.Format;
                }

                break;
            case "number":
                result["type"] = "number";
                result["format"] = "decimal"; // Amounts of money would lose cents as floating point numbers.
                break;
            case "integer":
                result["type"] = "integer";
                result["format"] = "int64";
                break;
            case "boolean":
                result["type"] = "boolean";
                break;
            default:
                // Any value: no single type fits several alternatives, so the value is passed on unchanged.
                break;
        }

        if (read.Nullable)
        {
            result["nullable"] = true;
        }

        return result;
    }

    private JsonObject Reference(FlatSchema read, string name, string owner)
    {
        var isPublished =
            read.Pointer.StartsWith(Components, StringComparison.Ordinal)
            && !read.Pointer[Components.Length..].Contains('/', StringComparison.Ordinal);
        // In most APIs all failures have the same form, so equal schemas of failures share one type.
        var key = owner.Length > 0 || isPublished ? read.Pointer : name + " " + JsonText.Compact(read.Source);
        if (!types.TryGetValue(key, out var entry))
        {
            if (isPublished)
            {
                name = Identifier.Pascal(JsonPointer.Unescape(read.Pointer[Components.Length..]));
            }

            types[key] = entry = new(name, owner, isPublished);
            var outer = depth;
            depth = 0;
            var properties = new JsonObject();
            foreach (var (member, (schema, pointer)) in read.Properties)
            {
                // A member with a name that NSwag cannot write safely is read as extension data.
                if (TypedDocument.IsPlain(member) && properties.Count < MaxMembers)
                {
                    var converted = Convert(
                        schema,
                        pointer,
                        Identifier.Pascal(name + " " + member),
                        owner.Length > 0 ? owner : "Api"
                    );
                    Describe(converted, schema);
                    properties[member] = converted;
                }
            }

            depth = outer;
            entry.Schema["type"] = "object";
            entry.Schema["properties"] = properties;
            Describe(entry.Schema, read.Source);
            if (
                read.Required.Where(properties.ContainsKey).Select(required => (JsonNode)required).ToArray() is
                { Length: > 0 } names
            )
            {
                entry.Schema["required"] = new JsonArray(names);
            }
        }

        var reference = new JsonObject { ["$ref"] = key };
        references.Add(reference);
        return reference;
    }

    private static void Describe(JsonObject converted, JsonNode? source)
    {
        if (!converted.ContainsKey("$ref") && source.Text("description") is { Length: > 0 } text)
        {
            converted["description"] = PlainText.Line(text);
        }
    }

    // Follows references and merges allOf, but not alternatives. Returns null if the schema describes nothing.
    private FlatSchema? Read(JsonNode? schema, string pointer)
    {
        var flat = new FlatSchema();
        var open = new HashSet<string>(StringComparer.Ordinal);
        return Add(flat, schema, pointer, open) ? flat : null;
    }

    private bool Add(FlatSchema flat, JsonNode? node, string pointer, HashSet<string> open)
    {
        JsonNode? target;
        try
        {
            (target, pointer) = document.Resolve(node, pointer);
        }
        catch (FaultException)
        {
            return false; // The fault is reported for the tool. A type that accepts anything is correct.
        }

        if (target is not JsonObject map || !open.Add(pointer))
        {
            return false;
        }

        if (
            map["allOf"] is JsonArray { Count: 1 } wrapped
            && flat.Outer.Pointer is null
            && !map.ContainsKey("properties")
            && !map.ContainsKey("oneOf")
            && !map.ContainsKey("anyOf")
        )
        {
            // A wrapper that only adds texts or null to a reference has the type of the schema inside it.
            flat.Nullable |= map.IsTrue("nullable");
            return Add(flat, wrapped[0], pointer + "/allOf/0", open);
        }

        TakeSource(flat, map, pointer);
        ReadType(flat, map);
        ReadParts(flat, map, pointer);
        var parts = map.Items("allOf");
        for (var index = 0; index < parts.Count; index++)
        {
            Add(flat, parts[index], JsonPointer.Append(pointer + "/allOf", index), open);
        }

        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            ReadAlternatives(flat, map.Items(keyword), pointer + "/" + keyword, open);
        }

        return true;
    }

    private static void TakeSource(FlatSchema flat, JsonObject map, string pointer)
    {
        // The type is that of the first part with members.
        if (flat.Source.Count == 0 || (flat.Properties.Count == 0 && map["properties"] is JsonObject { Count: > 0 }))
        {
            flat.Source = map;
            flat.Pointer = pointer;
        }
        else if (map["properties"] is JsonObject { Count: > 0 })
        {
            // Several parts have members, so the type is that of the schema around them.
            flat.Source = flat.Outer.Source;
            flat.Pointer = flat.Outer.Pointer!;
        }

        if (flat.Outer.Pointer is null)
        {
            flat.Outer = (map, pointer);
        }
    }

    private static void ReadParts(FlatSchema flat, JsonObject map, string pointer)
    {
        foreach (var (name, member) in map.Members("properties"))
        {
            flat.Properties[name] = (member, JsonPointer.Append(pointer + "/properties", name));
        }

        flat.Required.UnionWith(map.Items("required").OfType<JsonValue>().Select(name => name.ToString()));
        if (map["items"] is JsonObject items)
        {
            flat.Items = (items, pointer + "/items");
        }

        if (map["additionalProperties"] is JsonObject additional)
        {
            flat.Additional = (additional, pointer + "/additionalProperties");
        }
    }

    private void ReadAlternatives(FlatSchema flat, JsonArray branches, string pointer, HashSet<string> open)
    {
        var values = Enumerable
            .Range(0, branches.Count)
            .Where(index => branches[index].Text("type") != "null")
            .ToList();
        flat.Nullable |= values.Count < branches.Count;
        if (values is [var only])
        {
            Add(flat, branches[only], JsonPointer.Append(pointer, only), open);
        }
        else if (values.Count > 1 && flat.Properties.Count == 0)
        {
            flat.Type = "any";
        }
    }

    private static void ReadType(FlatSchema flat, JsonObject map)
    {
        flat.Nullable |= map.IsTrue("nullable");
        var types = map["type"] switch
        {
            JsonArray list => list.Select(type => type?.ToString()).ToList(),
            { } one => [one.ToString()],
            null => [],
        };
        flat.Nullable |= types.RemoveAll(type => type == "null") > 0;
        flat.Format ??= map.Text("format");
        flat.Type ??= types switch
        {
            [var one] => one,
            [] when map["properties"] is JsonObject { Count: > 0 } => "object",
            [] when map["items"] is JsonObject => "array",
            [] => null,
            _ => "any",
        };
    }

    /// <summary>A schema with its parts merged.</summary>
    private sealed class FlatSchema
    {
        public JsonObject Source { get; set; } = [];

        public string Pointer { get; set; } = "";

        public (JsonObject Source, string? Pointer) Outer { get; set; }

        public string? Type { get; set; }

        public string? Format { get; set; }

        public bool Nullable { get; set; }

        public OrderedDictionary<string, (JsonNode? Node, string Pointer)> Properties { get; } =
            new(StringComparer.Ordinal);

        public SortedSet<string> Required { get; } = new(StringComparer.Ordinal);

        public (JsonNode? Node, string Pointer) Items { get; set; } = (null, "");

        public (JsonNode? Node, string Pointer) Additional { get; set; } = (null, "");
    }

    /// <summary>A type to write.</summary>
    private sealed record TypeEntry(string PlainName, string Owner, bool IsPublished)
    {
        public JsonObject Schema { get; } = [];

        public IReadOnlyList<string> Candidates(string key) =>
            [PlainName, IsPublished ? PlainName + "Model" : Owner + PlainName, PlainName + Identifier.Hash(key)];
    }
}
