using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Skills;

/// <summary>Reads the things that a user may choose for a skill. The head of the file names their lookups:
/// <c>arguments: company, item</c> below <c>metadata</c>, whose values are texts
/// (agentskills.io/specification).</summary>
internal static class SkillArguments
{
    private const string Lookups = "/x-mcp/lookups/";

    /// <param name="skill">The skill.</param>
    /// <param name="tools">The tools that it names.</param>
    /// <param name="faults">Gets the faults.</param>
    public static IReadOnlyList<SkillArgument> Of(
        SkillModel skill,
        IReadOnlyList<OperationModel> tools,
        List<Diagnostic> faults
    )
    {
        if ((skill.Frontmatter["metadata"] as JsonObject)?["arguments"] is not { } declared)
        {
            return [];
        }

        if (declared is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            Add($"'metadata.arguments' must be a text such as 'company, item', but is {declared.ToJsonString()}.");
            return [];
        }

        var known = Known(tools);
        var result = new List<SkillArgument>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!known.TryGetValue(name, out var lookup))
            {
                Add(
                    $"'metadata.arguments' names '{name}', but no tool of the skill takes such a name. They take "
                        + (
                            known.Count == 0
                                ? "none."
                                : $"{string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}."
                        )
                );
            }
            else if (result.Exists(other => other.Name == name))
            {
                Add($"'metadata.arguments' names '{name}' twice.");
            }
            else
            {
                result.Add(new(name, lookup.Noun ?? name, lookup));
            }
        }

        return result;

        void Add(string message) => faults.Add(SkillReader.Fault(skill.File, 1, message));
    }

    // Only a lookup that the overlay declares under a name can be named. One whose list needs more than one value of
    // the call cannot be completed.
    private static Dictionary<string, LookupModel> Known(IReadOnlyList<OperationModel> tools) =>
        tools
            .SelectMany(tool => tool.Lookups)
            .Select(place => place.Lookup)
            .Where(lookup => lookup.Pointer.StartsWith(Lookups, StringComparison.Ordinal) && lookup.Scope.Count <= 1)
            .DistinctBy(lookup => lookup.Pointer)
            .ToDictionary(lookup => JsonPointer.Unescape(lookup.Pointer[Lookups.Length..]), StringComparer.Ordinal);
}
