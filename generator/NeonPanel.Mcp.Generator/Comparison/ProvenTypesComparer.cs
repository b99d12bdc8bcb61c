using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Compares the types in two output schemas. A type that is gained is additive, because each answer still
/// fits. A type that is lost is risky, because a caller may have relied on it, as on a member that was never
/// null.</summary>
internal static class ProvenTypesComparer
{
    private const int MostNamed = 5;

    public static void Compare(ChangeList changes)
    {
        var (before, after) = (changes.From.ProvenTypes, changes.To.ProvenTypes);
        Add(Only(after, before), ChangeClass.Additive, ChangeKind.AnswerTypeProven, "now states");
        Add(Only(before, after), ChangeClass.Risky, ChangeKind.AnswerTypeUnproven, "no longer states");

        void Add(List<string> paths, ChangeClass @class, ChangeKind kind, string states)
        {
            if (paths.Count > 0)
            {
                var more = paths.Count > MostNamed ? $" and {paths.Count - MostNamed} more" : "";
                changes.Add(
                    @class,
                    CallerImpact.Compatible,
                    kind,
                    $"The output schema {states} the type of {string.Join(", ", paths.Take(MostNamed))}{more}.",
                    List(before, paths),
                    List(after, paths)
                );
            }
        }
    }

    /// <summary>Reads the types in an output schema.</summary>
    /// <returns>Paths such as <c>data[].amount</c> with their types.</returns>
    public static SortedDictionary<string, string> TypesOf(JsonNode? schema)
    {
        var types = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(schema, "");
        return types;

        void Add(JsonNode? part, string path)
        {
            if (path.Length > 0 && part.Text("type") is { } type)
            {
                types[path] = type;
            }

            if (part.Get("items") is { } items)
            {
                Add(items, SchemaPath.Join(path, "[]"));
            }

            foreach (var (name, inner) in part.Members("properties"))
            {
                Add(inner, SchemaPath.Join(path, name));
            }
        }
    }

    private static List<string> Only(
        IReadOnlyDictionary<string, string> types,
        IReadOnlyDictionary<string, string> others
    ) => [.. types.Where(pair => others.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key)];

    private static JsonObject? List(IReadOnlyDictionary<string, string> types, List<string> paths)
    {
        var found = paths
            .Where(types.ContainsKey)
            .Select(path => KeyValuePair.Create(path, (JsonNode?)types[path]))
            .ToList();
        return found.Count == 0 ? null : new(found);
    }
}
