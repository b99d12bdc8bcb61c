using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>skills</c>: writes the skills as a plugin folder, for hosts that read skills from files. The
/// layout is that of Claude's plugins: <c>.claude-plugin/plugin.json</c> and <c>skills/NAME/SKILL.md</c>.</summary>
internal static class SkillsCommand
{
    /// <param name="server">The address of the MCP server, which the plugin then connects to; or
    /// <see langword="null"/>.</param>
    public static int Run(
        GenerationPipeline pipeline,
        string folder,
        string? server,
        TextWriter output,
        TextWriter errors
    )
    {
        if (CommandLine.Report(pipeline.Errors, errors))
        {
            return ExitCodes.Faults;
        }

        if (
            server is not null
            && !(Uri.TryCreate(server, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
        )
        {
            errors.WriteLine(
                $"Option '--server' is '{server}'; an absolute address is expected, such as https://mcp.example.com/mcp."
            );
            return ExitCodes.Usage;
        }

        var catalog = pipeline.Catalog;
        var name = Slug(catalog.Title);
        var plugin = new JsonObject
        {
            ["name"] = name,
            ["version"] = catalog.Version,
            ["description"] = $"Skills for the tools of {catalog.Title}.",
        };
        List<(string File, byte[] Bytes)> files =
        [
            (Path.Combine(folder, ".claude-plugin", "plugin.json"), Disk.Utf8.GetBytes(JsonText.Indented(plugin))),
            .. catalog.Skills.Select(skill =>
                (Path.Combine(folder, "skills", skill.Name, "SKILL.md"), Disk.Utf8.GetBytes(skill.Text))
            ),
        ];
        if (server is not null)
        {
            var servers = new JsonObject
            {
                ["mcpServers"] = new JsonObject
                {
                    [name] = new JsonObject { ["type"] = "http", ["url"] = server },
                },
            };
            files.Add((Path.Combine(folder, ".mcp.json"), Disk.Utf8.GetBytes(JsonText.Indented(servers))));
        }

        Disk.WriteTogether(files);
        output.WriteLine($"{folder}: {catalog.Skills.Count} skills.");
        return ExitCodes.Success;
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
