using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes the lookups of a tool's arguments.</summary>
internal static class LookupEmitter
{
    /// <returns>The initializer of <c>Lookups</c>, or the empty string.</returns>
    public static string Emit(OperationModel tool) =>
        tool.Lookups.Count == 0
            ? ""
            : "        Lookups =\n        [\n"
                + string.Concat(tool.Lookups.Select(place => $"            {Place(place)},\n"))
                + "        ],\n";

    private static string Place(ArgumentLookupModel place) =>
        $"new({CSharpLiteral.Quote(place.Path)}, {CSharpLiteral.Of(place.IsNumber)}, {Source(place.Lookup)})"
        + (place.Lookup.IsFilled ? " { IsFilled = true }" : "");

    /// <summary>Returns the expression of a <c>NameSource</c>.</summary>
    public static string Source(LookupModel lookup)
    {
        var members = new List<string>();
        Add("Format", lookup.Format is { } format ? CSharpLiteral.Quote(format) : null);
        Add("Scope", lookup.Scope.Count > 0 ? Pairs(lookup.Scope) : null);
        Add("Search", lookup.Search is { } search ? CSharpLiteral.Quote(search) : null);
        Add("Distinguish", lookup.Distinguish.Count > 0 ? CSharpLiteral.List(lookup.Distinguish) : null);
        Add(
            "Learn",
            lookup.Learn is { } learn
                ? $"new({CSharpLiteral.Quote(learn.Value)}, {CSharpLiteral.Quote(learn.Key)}, {Pairs(learn.From)})"
                : null
        );
        return $"new({CSharpLiteral.Quote(lookup.Noun)}, {CSharpLiteral.Quote(lookup.List)}, {CSharpLiteral.Quote(lookup.Items)}, "
            + $"{CSharpLiteral.Quote(lookup.Value)}, {CSharpLiteral.List(lookup.Match)})"
            + (members.Count == 0 ? "" : " { " + string.Join(", ", members) + " }");

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                members.Add($"{name} = {value}");
            }
        }
    }

    private static string Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        "["
        + string.Join(
            ", ",
            pairs.Select(pair => $"new({CSharpLiteral.Quote(pair.Key)}, {CSharpLiteral.Quote(pair.Value)})")
        )
        + "]";
}
