using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Publishing;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>skills</c>: writes the skills as a plugin folder.</summary>
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
        var files = PluginFolder
            .Files(catalog, server)
            .Select(file => (Path.Combine(folder, file.File), Disk.Utf8.GetBytes(file.Text)));
        Disk.WriteTogether(files);
        output.WriteLine($"{folder}: {catalog.Skills.Count} skills.");
        return ExitCodes.Success;
    }
}
