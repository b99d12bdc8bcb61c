using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Whether an output schema takes a kind of value at a place, as the running server judges it: there the kind of a value
/// stands in its description (docs/decisions/0004).</summary>
internal static class ObservedFit
{
    /// <summary>Stands for a list of allowed values: any that is no object and no list.</summary>
    public const string Scalar = "scalar";

    public const string Any = "any";

    private static readonly string[] Kinds = ["array", "object", "string", "number", "integer", "boolean"];

    /// <summary>Finds the kinds that are declared at a place.</summary>
    /// <returns>Kinds, <see cref="Scalar"/> or <see cref="Any"/>; <see langword="null"/> when a described object has no such
    /// member.</returns>
    public static IReadOnlyList<string>? Declared(JsonObject outputSchema, IEnumerable<string> path)
    {
        JsonNode? schema = outputSchema;
        foreach (var step in path)
        {
            var next = step == "*" ? schema.Get("items") : schema.Members("properties").Get(step);
            if (next is null)
            {
                // Below what is not described anything may stand.
                return step != "*" && schema.Members("properties").Count > 0 ? null : [Any];
            }

            schema = next;
        }

        return KindsOf(schema);
    }

    public static bool Takes(JsonObject outputSchema, Observation observation) => Declared(outputSchema, observation.Path) is { } declared
        && observation.Kinds.All(kind => kind == "null" || Takes(declared, kind));

    private static bool Takes(IReadOnlyList<string> declared, string kind) => declared switch
    {
        [Any] => true,
        [Scalar] => kind is not ("object" or "array"),
        _ => declared.Contains(kind) || (kind == "integer" && declared.Contains("number")),
    };

    private static string[] KindsOf(JsonNode? schema)
    {
        if (schema.Get("items") is not null)
        {
            return ["array"];
        }

        if (schema.Get("properties") is not null)
        {
            return ["object"];
        }

        return schema.Text("description") switch
        {
            null or "any value" => [Any],
            "date" or "date-time" => ["string"],
            var text when text.Split(" or ") is var words && words.All(word => Kinds.Contains(word)) => words,
            _ => [Scalar],
        };
    }
}
