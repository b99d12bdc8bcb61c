using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>How MCP hosts may display the answer of an operation. The overlay declares it (<c>x-mcp.view</c>), and all
/// its values name members of the answer.</summary>
/// <param name="Kind"><c>table</c> or <c>chart</c>.</param>
/// <param name="Declaration">The overlay's declaration, after validation.</param>
internal sealed record ViewModel(string Kind, JsonObject Declaration)
{
    private const string Chart = "chart";

    private static readonly string[] Kinds = ["table", Chart];
    private static readonly string[] Members = ["kind", "list", "columns", "label", "series", "currency"];

    /// <returns><see langword="null"/> for a tool without a view.</returns>
    /// <exception cref="FaultException">The declaration names a member that does not exist, or cannot be
    /// displayed.</exception>
    public static ViewModel? Read(SpecificationDocument document, OperationModel tool)
    {
        if (tool.Source.Extension["view"] is not { } declared)
        {
            return null;
        }

        var view = declared as JsonObject ?? throw Fault("it must be an object");
        OneOf(view.Select(pair => pair.Key), Members, "members of the view");
        var kind = view.Text("kind") ?? "";
        OneOf([kind], Kinds, "kinds");
        if (!tool.Hints.ReadOnly)
        {
            throw Fault($"the tool '{tool.ToolName}' does not only read, and a view calls its tool again");
        }

        var list = view.Text("list") ?? "";
        if (tool.OutputSchema.Get("properties").Get(list).Get("items").Get("properties") is not JsonObject row)
        {
            var lists = tool
                .OutputSchema.Members("properties")
                .Where(pair => pair.Value.Get("items").Get("properties") is JsonObject)
                .Select(pair => pair.Key)
                .ToList();
            throw Fault($"the answer of '{tool.ToolName}' has no list of objects '{list}'{Suggestion(list, lists)}");
        }

        var values = Values(row).ToList();
        foreach (
            var (name, isList) in new[] { ("columns", true), ("label", true), ("series", true), ("currency", false) }
        )
        {
            List<string> names = isList ? Names(view, name) : Single(view.Text(name));
            if (names.Find(path => !values.Contains(path)) is { } unknown)
            {
                throw Fault(
                    $"'{name}': the items of '{list}' have no single value '{unknown}'{Suggestion(unknown, values)}"
                );
            }
        }

        if (kind == Chart && (Names(view, "label").Count == 0 || Names(view, "series").Count == 0))
        {
            throw Fault("a chart needs 'label' and 'series', each with at least one member");
        }

        return new(kind, (JsonObject)view.DeepClone());

        List<string> Names(JsonObject map, string name) =>
            map[name] is null or JsonArray
                ? [.. map.Items(name).Select(path => path?.ToString() ?? "")]
                : throw Fault($"'{name}' must be a list of members");

        void OneOf(IEnumerable<string> given, IReadOnlyList<string> known, string what)
        {
            if (given.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            {
                throw Fault($"there is no '{unknown}' among the {what}{Suggestion(unknown, known)}");
            }
        }

        FaultException Fault(string what) =>
            new(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    tool.Pointer + "/x-mcp/view",
                    $"x-mcp.view: {what}. Correct the overlay."
                )
            );
    }

    private static string Suggestion(string name, IReadOnlyList<string> known)
    {
        if (NearestMember.Find(name, known) is { } nearest)
        {
            return $"; did you mean '{nearest}'?";
        }

        if (known.Count == 0)
        {
            return "";
        }

        return $"; there are {string.Join(", ", known)}";
    }

    private static List<string> Single(string? name) => name is null ? [] : [name];

    // Returns the paths of values that are neither objects nor lists, such as 'company.name'.
    private static IEnumerable<string> Values(JsonObject members, string prefix = "")
    {
        foreach (var (name, schema) in members)
        {
            if (schema.Get("properties") is JsonObject inner)
            {
                foreach (var path in Values(inner, $"{prefix}{name}."))
                {
                    yield return path;
                }
            }
            else if (schema.Get("items") is null)
            {
                yield return prefix + name;
            }
        }
    }
}
