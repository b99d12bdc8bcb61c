using System.Globalization;
using NeonPanel.Mcp.Server.Invocation;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The list of all tools, one page for each, and the page for a name that there is not.</summary>
internal sealed class CatalogPages(ToolCatalog catalog, PageLinks links)
{
    private const int LongestSearch = 200;
    private const int NearestNames = 5;

    // Profiles that say how much one may do, not what it is about.
    private static readonly string[] Broad = ["all", "core", "read"];

    private readonly IReadOnlyList<ToolDescriptor> tools =
        [.. catalog.Tools.Concat(catalog.Profiles.SelectMany(catalog.OfProfile)).DistinctBy(tool => tool.Name).OrderBy(tool => tool.Name, StringComparer.Ordinal)];

    private readonly Lazy<ToolPage> toolPage = new(() => new ToolPage(catalog.ApiName, links));

    /// <param name="search">Words that all must be found; what is longer than 200 characters is cut.</param>
    /// <param name="profile">Only the tools of this one; empty for all.</param>
    public Html List(string search, string profile)
    {
        search = (search.Length > LongestSearch ? search[..LongestSearch] : search).Trim();
        var words = search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var found = tools.Where(tool => (profile.Length == 0 || Profiles(tool).Contains(profile)) && words.All(word => Text(tool).Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        var count = found.Count == 1 ? "1 tool" : $"{found.Count.ToString(CultureInfo.InvariantCulture)} tools";
        return PageLayout.Write($"Tools of the {catalog.ApiName} MCP server", catalog.ApiName, Html.Of($"""
            <h1>Tools</h1>
            <p class="lead">What an assistant can do in {catalog.ApiName}. Each tool is one operation of the API.</p>
            <form class="search" action="/docs" method="get" role="search"><label>Search<input type="search" name="q" value="{search}" maxlength="{LongestSearch}" autocomplete="off"></label><button>Search</button></form>
            <nav aria-label="Profiles"><ul class="chips">{Chip("", "every tool", profile)}{Html.Join(catalog.Profiles.Where(name => name != "all").Select(name => Chip(name, name, profile)))}</ul></nav>
            {(profile.Length > 0 && catalog.Profiles.Contains(profile) ? Html.Of($"<p>A client gets only these at <code>/mcp/{profile}</code>.</p>") : Html.Empty)}
            <p id="count" role="status">{count}</p>
            {(found.Count > 0 ? Groups(found) : Html.Of($"<p>Nothing is found. Try fewer or shorter words, or <a href=\"/docs\">look at every tool</a>.</p>"))}
            """));
    }

    public Html Tool(ToolDescriptor tool) => toolPage.Value.Write(tool, Profiles(tool));

    public Html NotFound(string name)
    {
        var shown = name.Length > LongestSearch ? name[..LongestSearch] + "…" : name;
        var nearest = Nearest(name);
        return PageLayout.Write("No such tool", catalog.ApiName, Html.Of($"""
            <h1>There is no tool of this name</h1>
            <p><code>{shown}</code> is not in the catalogue.</p>
            {(nearest.Count > 0 ? Html.Of($"<h2>Did you mean</h2><ul>{Html.Join(nearest.Select(near => Html.Of($"<li><a href=\"{PageLinks.Of(near)}\">{near}</a></li>")))}</ul>") : Html.Empty)}
            <p><a href="/docs">All tools</a></p>
            """));
    }

    private List<string> Nearest(string name)
    {
        var left = tools.Select(tool => tool.Name).ToList();
        List<string> nearest = [];
        while (nearest.Count < NearestNames && NearestName.Find(name, left) is { } near)
        {
            nearest.Add(near);
            left.Remove(near);
        }

        return nearest;
    }

    private Html Groups(List<ToolDescriptor> found) => Html.Join(found.GroupBy(Domain).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Html.Of($"""
        <section class="group"><h2>{Capital(group.Key)}</h2><div class="cards">
        {Html.Join(group.Select(Entry))}</div></section>

        """)));

    private static Html Entry(ToolDescriptor tool) => Html.Of($"""
        <article class="card" data-words="{string.Join(' ', ArgumentTable.Names(ToolPage.Schema(tool)))} {tool.Path}"><h3><a href="{PageLinks.Of(tool.Name)}">{tool.Title}</a></h3><p><code>{tool.Name}</code></p><p class="text">{tool.Description}</p><p class="meta">{ToolPage.Effect(tool.Hints)} · {tool.Tokens} tokens</p></article>

        """);

    private static Html Chip(string profile, string text, string current) => Html.Of(
        $"<li><a href=\"/docs{(profile.Length > 0 ? "?profile=" + Uri.EscapeDataString(profile) : "")}\"{(profile == current ? new Html(" aria-current=\"page\"") : Html.Empty)}>{text}</a></li>");

    // The narrowest of its domains: most of what is bought is a document too.
    private string Domain(ToolDescriptor tool) => Profiles(tool).Except(Broad).OrderBy(profile => catalog.OfProfile(profile).Count()).FirstOrDefault() ?? "Tools";

    private IReadOnlyList<string> Profiles(ToolDescriptor tool) => [.. catalog.Profiles.Where(profile => catalog.OfProfile(profile).Any(known => known.Name == tool.Name))];

    private static string Text(ToolDescriptor tool) =>
        $"{tool.Name} {tool.Title} {tool.Description} {tool.Path} {string.Join(' ', ArgumentTable.Names(ToolPage.Schema(tool)))}";

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
