using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Writes the skills as a plugin folder, for hosts that read skills from files. The layout is that of Claude's
/// plugins: <c>.claude-plugin/plugin.json</c>, <c>skills/NAME/SKILL.md</c>, and <c>.mcp.json</c> with the
/// server.</summary>
internal static class PluginFolder
{
    /// <param name="server">The address of the MCP server, which the plugin then connects to; or
    /// <see langword="null"/>.</param>
    public static IEnumerable<(string File, string Text)> Files(CatalogModel catalog, string? server)
    {
        var name = Slug(catalog.Title);
        var plugin = new JsonObject
        {
            ["name"] = name,
            ["version"] = catalog.Version,
            ["description"] = $"Skills for the tools of {catalog.Title}.",
        };
        yield return (Path.Combine(".claude-plugin", "plugin.json"), JsonText.Indented(plugin));
        foreach (var skill in catalog.Skills)
        {
            yield return (Path.Combine("skills", skill.Name, "SKILL.md"), skill.Text);
        }

        if (server is not null)
        {
            var servers = new JsonObject
            {
                ["mcpServers"] = new JsonObject
                {
                    [name] = new JsonObject { ["type"] = "http", ["url"] = server },
                },
            };
            yield return (".mcp.json", JsonText.Indented(servers));
        }
    }

    private static string Slug(string title) =>
        string.Join(
            '-',
            new string([
                .. title.Select(character =>
                    char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' '
                ),
            ]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        )
            is { Length: > 0 } slug
            ? slug
            : "api";
}
