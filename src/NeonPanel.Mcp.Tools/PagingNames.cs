namespace NeonPanel.Mcp.Tools;

/// <summary>The names by which public APIs call the arguments that choose a part of a list.</summary>
internal static class PagingNames
{
    // Names of public APIs in lower case, without what stands between words.
    public static string[] Pages { get; } = ["page", "pagenumber", "pageno", "pagenum"];

    public static string[] Sizes { get; } =
    [
        "perpage",
        "pagesize",
        "limit",
        "pagelimit",
        "maxresults",
        "maxresultsperpage",
        "resultsperpage",
        "itemsperpage",
        "top",
    ];

    public static string[] Offsets { get; } = ["offset", "pageoffset", "skip", "start", "startat", "startindex"];

    public static string[] Cursors { get; } =
    [
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
    ];

    /// <summary>A name in lower case, without what stands between words: <c>page[cursor]</c> is
    /// <c>pagecursor</c>.</summary>
    public static string Plain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
    }
}
