using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>A part of a <see cref="TypedDocument"/> that NSwag processes at once.</summary>
/// <param name="Operations">The operations of the slice.</param>
/// <param name="Types">The types of the slice.</param>
/// <param name="Others">Types of other slices to which this slice refers. Only their names are used, and whether they
/// have members.</param>
internal sealed record TypedSlice(
    IReadOnlyList<TypedOperation> Operations,
    IReadOnlyList<KeyValuePair<string, JsonNode?>> Types,
    IReadOnlyList<KeyValuePair<string, JsonNode?>> Others
)
{
    /// <summary>Number of operations after which a slice ends. A client is never split, so a slice may have
    /// more.</summary>
    private const int MaxOperations = 100;

    private const int MaxTypes = 500;

    /// <summary>Divides the operations of a document into slices of whole clients, in the order in which NSwag writes
    /// them.</summary>
    /// <param name="document">A typed document.</param>
    /// <param name="clientOf">Returns the client class of an operation.</param>
    public static IEnumerable<TypedSlice> OfClients(JsonObject document, Func<TypedOperation, string> clientOf)
    {
        var taken = new List<(int Index, TypedOperation Operation)>();
        foreach (
            var client in TypedOperation
                .All(document)
                .Index()
                .GroupBy(pair => clientOf(pair.Item), StringComparer.Ordinal)
        )
        {
            taken.AddRange(client);
            if (taken.Count >= MaxOperations)
            {
                yield return InOrder();
                taken.Clear();
            }
        }

        if (taken.Count > 0)
        {
            yield return InOrder();
        }

        TypedSlice InOrder() => Of([.. taken.OrderBy(pair => pair.Index).Select(pair => pair.Operation)], [], document);
    }

    /// <summary>Divides the types of a document into slices.</summary>
    public static IEnumerable<TypedSlice> OfTypes(JsonObject document) =>
        Schemas(document).Chunk(MaxTypes).Select(types => Of([], types, document));

    /// <summary>Returns the operations that determine which helper classes NSwag adds for all clients: the first
    /// operation, and those with a file.</summary>
    public static TypedSlice OfHelpers(JsonObject document) =>
        Of(
            [.. TypedOperation.All(document).Where((operation, index) => index == 0 || HasFile(operation.Source))],
            [],
            document
        );

    private static TypedSlice Of(
        IReadOnlyList<TypedOperation> operations,
        IReadOnlyList<KeyValuePair<string, JsonNode?>> types,
        JsonObject document
    )
    {
        var own = types.Select(type => type.Key).ToHashSet(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var node in operations
                .Select(operation => (JsonNode?)operation.Source)
                .Concat(types.Select(type => type.Value))
        )
        {
            AddReferences(node, found);
        }

        found.ExceptWith(own);
        var schemas = Schemas(document);
        return new(operations, types, [.. found.Select(name => KeyValuePair.Create(name, schemas[name]))]);
    }

    private static JsonObject Schemas(JsonObject document) => document["components"]!["schemas"]!.AsObject();

    private static void AddReferences(JsonNode? node, HashSet<string> found)
    {
        if (node is JsonObject map)
        {
            if (TypedSchemas.ReferenceOf(map) is { } name)
            {
                found.Add(name);
            }

            foreach (var (_, member) in map)
            {
                AddReferences(member, found);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                AddReferences(item, found);
            }
        }
    }

    private static bool HasFile(JsonNode? node) =>
        node switch
        {
            JsonObject map => (map["format"] as JsonValue)?.ToString() == "binary"
                || map.Any(member => HasFile(member.Value)),
            JsonArray list => list.Any(HasFile),
            _ => false,
        };
}

/// <summary>One operation of a typed document.</summary>
internal sealed record TypedOperation(string Path, string Method, JsonObject Source)
{
    /// <summary>Returns all operations of a typed document in its order.</summary>
    public static IEnumerable<TypedOperation> All(JsonObject document) =>
        document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject()
                    .Select(method => new TypedOperation(path.Key, method.Key, method.Value!.AsObject()))
            );
}
