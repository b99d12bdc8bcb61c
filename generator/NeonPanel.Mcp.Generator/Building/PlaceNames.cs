namespace NeonPanel.Mcp.Generator.Building;

/// <summary>The names by which public APIs call the arguments that choose the place in a list: a page, an offset or a
/// cursor. A test compares them with those that the server recognizes.</summary>
internal static class PlaceNames
{
    /// <summary>Gets the names in lower case, without what stands between words.</summary>
    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "page",
            "pagenumber",
            "pageno",
            "pagenum",
            "offset",
            "pageoffset",
            "skip",
            "start",
            "startat",
            "startindex",
            "cursor",
            "pagecursor",
            "nextcursor",
            "nexttoken",
            "pagetoken",
            "nextpagetoken",
            "continuationtoken",
            "startingafter",
            "pageafter",
            "after",
            "marker",
        };

    /// <summary>Returns whether an argument of this name chooses the place in a list.</summary>
    public static bool Has(string name) =>
        All.Contains(string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)));
}
