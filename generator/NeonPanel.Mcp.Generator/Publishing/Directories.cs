using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>The directories, and their rules.</summary>
internal static class Directories
{
    /// <summary>The day on which the sources were read. Directories change their rules, so a finding names
    /// it.</summary>
    public const string Seen = "2026-11-30";

    public static IReadOnlyList<string> Names { get; } = ["chatgpt", "claude", "registry", "copilot"];

    public static IReadOnlyList<DirectoryRule> RulesOf(string directory) =>
        directory switch
        {
            "chatgpt" => ChatGptRules.All,
            "claude" => ClaudeRules.All,
            "registry" => RegistryRules.All,
            "copilot" => CopilotRules.All,
            _ => throw new ArgumentOutOfRangeException(nameof(directory), directory, "is not a directory."),
        };

    /// <summary>Returns everything that a directory would refuse or that it advises against.</summary>
    public static IEnumerable<Diagnostic> Check(string directory, Listing listing) =>
        RulesOf(directory)
            .SelectMany(rule =>
                rule.Check(listing)
                    .Select(violation => new Diagnostic(
                        DiagnosticIds.Directory,
                        rule.Severity,
                        violation.IsOfTool ? "catalog" : listing.Data.File,
                        violation.Pointer,
                        $"{directory}.{rule.Key}: {violation.Text}. Asked for: {rule.Says} "
                            + $"({rule.Source}, seen {Seen})."
                    )
                    {
                        Rule = $"{directory}.{rule.Key}",
                        Clients = [directory],
                    })
            );
}
