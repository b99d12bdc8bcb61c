using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Proposals;

/// <summary>Decides whether the shape of an answer accepts a kind of value at a place, by the rules of the running
/// server.</summary>
internal static class ObservedFit
{
    /// <summary>Means every kind.</summary>
    public const string Any = "any";

    /// <summary>Finds the kinds that the shape declares at a place.</summary>
    /// <returns>The kinds, or <see cref="Any"/>; <see langword="null"/> if a described object has no such
    /// member.</returns>
    public static IReadOnlyList<string>? Declared(SchemaModel shape, IEnumerable<string> path)
    {
        foreach (var step in path)
        {
            var next =
                step == "*" ? shape.Items : shape.Properties.FirstOrDefault(property => property.Name == step)?.Schema;
            if (next is null)
            {
                // Below a value that is not described, anything is accepted.
                return step != "*" && shape.Properties.Count > 0 ? null : [Any];
            }

            shape = next;
        }

        return shape.Types.Count == 0 ? [Any] : shape.Types;
    }

    public static bool Takes(SchemaModel shape, Observation observation) =>
        Declared(shape, observation.Path) is { } declared
        && observation.Kinds.All(kind => kind == "null" || Takes(declared, kind));

    private static bool Takes(IReadOnlyList<string> declared, string kind) =>
        declared is [Any] || declared.Contains(kind) || (kind == "integer" && declared.Contains("number"));
}
