using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>A tool's entry in the list of tools, and its text for the search. Both are written once.</summary>
internal sealed class CatalogEntry
{
    // Profiles that group tools by what they may do, not by subject.
    private static readonly string[] Broad = ["all", "core", "read"];

    private readonly string text;

    /// <param name="sizes">The number of tools in each profile.</param>
    public CatalogEntry(ToolDescriptor tool, IReadOnlyList<string> profiles, IReadOnlyDictionary<string, int> sizes)
    {
        Tool = tool;
        Profiles = profiles;
        // The smallest of its profiles is the most specific one: most purchases, for example, are documents as well.
        Domain = profiles.Except(Broad).OrderBy(profile => sizes[profile]).FirstOrDefault() ?? "Tools";
        var arguments = string.Join(' ', ArgumentTable.Names(ToolPage.Schema(tool)));
        text = $"{tool.Name} {tool.Title} {tool.Description} {tool.Path} {arguments}";
        Card = Html.Of(
            $"""
            <article class="card" data-words="{arguments} {tool.Path}"><h3><a href="{PageLinks.Of(
                tool.Name
            )}">{tool.Title}</a></h3><p><code>{tool.Name}</code></p><p class="text">{tool.Description}</p><p class="meta">{ToolPage.Effect(
                tool.Hints
            )} · {tool.Tokens} tokens</p></article>

            """
        );
    }

    public ToolDescriptor Tool { get; }

    public IReadOnlyList<string> Profiles { get; }

    public string Domain { get; }

    public Html Card { get; }

    public bool Contains(string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
