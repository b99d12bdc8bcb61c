using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads and validates the overlay's <c>x-mcp.view</c> of one tool.</summary>
internal sealed class ViewReader
{
    private static readonly Dictionary<string, ViewKind> Kinds = new(StringComparer.Ordinal)
    {
        ["table"] = ViewKind.Table,
        ["chart"] = ViewKind.Chart,
        ["matrix"] = ViewKind.Matrix,
        ["weeks"] = ViewKind.Weeks,
    };

    // The members that each kind needs.
    private static readonly Dictionary<ViewKind, (string[] Needed, string Fault)> Needs = new()
    {
        [ViewKind.Table] = ([], ""),
        [ViewKind.Chart] = (["label", "series"], "a chart needs 'label' and 'series', each with at least one member"),
        [ViewKind.Matrix] = (["row", "column", "value"], "a matrix needs 'row', 'column' and 'value'"),
        [ViewKind.Weeks] = (["date", "amount"], "weeks need 'date' and 'amount'"),
    };

    private static readonly string[] OfAll = ["kind", "list", "summary", "columns", "currency"];

    /// <summary>Gets the members of a declaration that are lists of paths in a row.</summary>
    public static IReadOnlyList<string> Lists => ["columns", "label", "series", "row"];

    /// <summary>Gets the members of a declaration that are one path in a row.</summary>
    public static IReadOnlyList<string> Singles => ["currency", "column", "value", "date", "amount", "paid"];

    private readonly SpecificationDocument document;
    private readonly OperationModel tool;
    private readonly JsonObject view;

    /// <exception cref="FaultException">The declaration is not an object.</exception>
    private ViewReader(SpecificationDocument document, OperationModel tool, JsonNode declared)
    {
        this.document = document;
        this.tool = tool;
        view = declared as JsonObject ?? throw Fault("it must be an object");
    }

    /// <returns><see langword="null"/> for a tool without a view.</returns>
    /// <exception cref="FaultException">The declaration names a member that does not exist, or cannot be
    /// displayed.</exception>
    public static ViewModel? Read(SpecificationDocument document, OperationModel tool) =>
        tool.Source.Extension["view"] is { } declared ? new ViewReader(document, tool, declared).Read() : null;

    private ViewModel Read()
    {
        var name = view.Text("kind") ?? "";
        OneOf([name], [.. Kinds.Keys], "kinds");
        var kind = Kinds[name];
        string[] others = kind == ViewKind.Weeks ? ["paid"] : [];
        OneOf(view.Select(pair => pair.Key), [.. OfAll, .. Needs[kind].Needed, .. others], "members of the view");
        if (!tool.Hints.ReadOnly)
        {
            throw Fault($"the tool '{tool.ToolName}' does not only read, and a view calls its tool again");
        }

        var list = view.Text("list") ?? "";
        CheckPaths(list, [.. Values(Row(list))]);
        var (needed, fault) = Needs[kind];
        if (needed.Any(member => Paths(member).Count == 0))
        {
            throw Fault(fault);
        }

        if (view.Text("summary") is { } summary)
        {
            Row(summary);
        }

        return new(kind, (JsonObject)view.DeepClone());
    }

    // Returns the members of the list's items.
    private JsonObject Row(string list)
    {
        if (tool.Composition?.Plan.Get("result").Get(list) is JsonObject table && table["totals"] is null)
        {
            return Columns(table);
        }

        if (tool.OutputSchema.Get("properties").Get(list).Get("items").Get("properties") is JsonObject row)
        {
            return row;
        }

        var lists = tool
            .OutputSchema.Members("properties")
            .Where(pair => pair.Value.Get("items").Get("properties") is JsonObject)
            .Select(pair => pair.Key)
            .ToList();
        throw Fault($"the answer of '{tool.ToolName}' has no list of objects '{list}'{Suggestion(list, lists)}");
    }

    // The columns of a composed table, which its schema does not show if rows are lists.
    private static JsonObject Columns(JsonObject table)
    {
        var parts = table.ContainsKey("rows") ? table.Items("rows").Select(part => part as JsonObject) : [table];
        var hidden = table.Items("hide").Select(column => column?.ToString()).ToHashSet();
        return new(
            parts
                .SelectMany(part => part?.Members("columns") ?? [])
                .Concat(table.Members("compute"))
                .Select(column => column.Key)
                .Where(column => !hidden.Contains(column))
                .Distinct()
                .Select(column => KeyValuePair.Create(column, (JsonNode?)new JsonObject()))
        );
    }

    private void CheckPaths(string list, List<string> values)
    {
        foreach (var name in Lists.Concat(Singles))
        {
            if (Paths(name).Find(path => !values.Contains(path)) is { } unknown)
            {
                throw Fault(
                    $"'{name}': the items of '{list}' have no single value '{unknown}'{Suggestion(unknown, values)}"
                );
            }
        }
    }

    private List<string> Paths(string name)
    {
        if (Singles.Contains(name))
        {
            return view[name] switch
            {
                null => [],
                JsonValue path when path.TryGetValue<string>(out var text) => [text],
                _ => throw Fault($"'{name}' must be one member"),
            };
        }

        return view[name] is null or JsonArray
            ? [.. view.Items(name).Select(path => path?.ToString() ?? "")]
            : throw Fault($"'{name}' must be a list of members");
    }

    private void OneOf(IEnumerable<string> given, IReadOnlyList<string> known, string what)
    {
        if (given.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Fault($"there is no '{unknown}' among the {what}{Suggestion(unknown, known)}");
        }
    }

    private FaultException Fault(string what) =>
        new(
            new(
                DiagnosticIds.OverlayMember,
                Severity.Error,
                document.File,
                tool.Pointer + (tool.Composition is null ? "/x-mcp/view" : "/view"),
                $"x-mcp.view: {what}. Correct the overlay."
            )
        );

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
