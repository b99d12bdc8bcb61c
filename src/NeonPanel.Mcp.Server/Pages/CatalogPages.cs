using System.Collections.Frozen;
using System.Globalization;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The list of all tools, one page for each tool, and the page for an unknown name. All parts are written
/// once, because these pages need no token; a search result combines prepared parts.</summary>
internal sealed class CatalogPages
{
    private const int LongestSearch = 200;
    private const int MaxWords = 10;
    private const int NearestNames = 5;

    private readonly ToolCatalog catalog;
    private readonly Lazy<IReadOnlyList<CatalogEntry>> entries;
    private readonly Lazy<FrozenDictionary<string, PreparedPage>> lists;
    private readonly Lazy<FrozenDictionary<string, Lazy<PreparedPage>>> toolPages;

    public CatalogPages(ToolCatalog catalog, PageLinks links)
    {
        this.catalog = catalog;
        entries = new(Entries);
        lists = new(() =>
            catalog
                .Profiles.Append("")
                .Distinct()
                .ToFrozenDictionary(
                    profile => profile,
                    profile => new PreparedPage(Write("", profile)),
                    StringComparer.Ordinal
                )
        );
        toolPages = new(() => ToolPages(new ToolPage(catalog.ApiName, links, catalog.Specification.ReadJson())));
    }

    /// <summary>Returns the list of tools that match a search.</summary>
    /// <param name="search">The words of the search. Only the first 200 characters and the first ten different words
    /// are used.</param>
    /// <param name="profile">The profile whose tools are listed; empty for all.</param>
    public PreparedPage List(string search, string profile)
    {
        search = (search.Length > LongestSearch ? search[..LongestSearch] : search).Trim();
        return search.Length == 0 && lists.Value.TryGetValue(profile, out var list)
            ? list
            : new(Write(search, profile));
    }

    private Html Write(string search, string profile)
    {
        var words = search
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxWords)
            .ToList();
        var found = entries
            .Value.Where(entry =>
                (profile.Length == 0 || entry.Profiles.Contains(profile)) && words.TrueForAll(entry.Contains)
            )
            .ToList();
        var count = found.Count == 1 ? "1 tool" : $"{found.Count.ToString(CultureInfo.InvariantCulture)} tools";
        return PageLayout.Write(
            $"Tools of the {catalog.ApiName} MCP server",
            catalog.ApiName,
            Html.Of(
                $"""
                <h1>Tools</h1>
                <p class="lead">What an assistant can do in {catalog.ApiName}. Each tool is one operation of the API.</p>
                <form class="search" action="/docs" method="get" role="search"><label>Search<input type="search" name="q" value="{search}" maxlength="{LongestSearch}" autocomplete="off"></label><button>Search</button></form>
                <nav aria-label="Profiles"><ul class="chips">{Chip("", "every tool", profile)}{Html.Join(
                    catalog.Profiles.Where(name => name != "all").Select(name => Chip(name, name, profile))
                )}</ul></nav>
                {(
                    profile.Length > 0 && catalog.Profiles.Contains(profile)
                        ? Html.Of($"<p>A client gets only these at <code>/mcp/{profile}</code>.</p>")
                        : Html.Empty
                )}
                <p id="count" role="status">{count}</p>
                {(
                    found.Count > 0
                        ? Groups(found)
                        : Html.Of(
                            $"<p>Nothing is found. Try fewer or shorter words, or <a href=\"/docs\">look at every tool</a>.</p>"
                        )
                )}
                """
            )
        );
    }

    /// <summary>Returns the page of a tool of the catalog.</summary>
    public PreparedPage Tool(ToolDescriptor tool) => toolPages.Value[tool.Name].Value;

    /// <summary>Returns the page for a name that is not a tool.</summary>
    public PreparedPage NotFound(string name)
    {
        var shown = name.Length > LongestSearch ? name[..LongestSearch] + "…" : name;
        var nearest = Nearest(name);
        return new(
            PageLayout.Write(
                "No such tool",
                catalog.ApiName,
                Html.Of(
                    $"""
                    <h1>There is no tool of this name</h1>
                    <p><code>{shown}</code> is not in the catalogue.</p>
                    {(
                        nearest.Count > 0
                            ? Html.Of(
                                $"<h2>Did you mean</h2><ul>{Html.Join(nearest.Select(near => Html.Of($"<li><a href=\"{PageLinks.Of(near)}\">{near}</a></li>")))}</ul>"
                            )
                            : Html.Empty
                    )}
                    <p><a href="/docs">All tools</a></p>
                    """
                )
            )
        );
    }

    private List<string> Nearest(string name)
    {
        var left = entries.Value.Select(entry => entry.Tool.Name).ToList();
        List<string> nearest = [];
        while (nearest.Count < NearestNames && NearestName.Find(name, left) is { } near)
        {
            nearest.Add(near);
            left.Remove(near);
        }

        return nearest;
    }

    // Each page is written on its first request. A removed tool keeps its page, but is not in any list.
    private FrozenDictionary<string, Lazy<PreparedPage>> ToolPages(ToolPage writer)
    {
        var gone = catalog.Retired.Keys.Select(name =>
            (Tool: catalog.TryGet(name, out var tool) ? tool : null, Profiles: (IReadOnlyList<string>)[])
        );
        return entries
            .Value.Select(entry => (Tool: (ToolDescriptor?)entry.Tool, entry.Profiles))
            .Concat(gone)
            .DistinctBy(page => page.Tool!.Name)
            .ToFrozenDictionary(
                page => page.Tool!.Name,
                page => new Lazy<PreparedPage>(() => new(writer.Write(page.Tool!, page.Profiles))),
                StringComparer.Ordinal
            );
    }

    private IReadOnlyList<CatalogEntry> Entries()
    {
        var sizes = catalog.Profiles.ToDictionary(profile => profile, profile => catalog.OfProfile(profile).Count());
        var profiles = catalog
            .Profiles.SelectMany(profile => catalog.OfProfile(profile).Select(tool => (tool.Name, profile)))
            .ToLookup(pair => pair.Name, pair => pair.profile);
        return
        [
            .. catalog
                .Tools.Concat(catalog.Profiles.SelectMany(catalog.OfProfile))
                .DistinctBy(tool => tool.Name)
                .OrderBy(tool => tool.Name, StringComparer.Ordinal)
                .Select(tool => new CatalogEntry(tool, [.. profiles[tool.Name]], sizes)),
        ];
    }

    private static Html Groups(List<CatalogEntry> found) =>
        Html.Join(
            found
                .GroupBy(entry => entry.Domain)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                    Html.Of(
                        $"""
                        <section class="group"><h2>{Capital(group.Key)}</h2><div class="cards">
                        {Html.Join(group.Select(entry => entry.Card))}</div></section>

                        """
                    )
                )
        );

    private static Html Chip(string profile, string text, string current) =>
        Html.Of(
            $"<li><a href=\"/docs{(profile.Length > 0 ? "?profile=" + Uri.EscapeDataString(profile) : "")}\"{(profile == current ? new Html(" aria-current=\"page\"") : Html.Empty)}>{text}</a></li>"
        );

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
