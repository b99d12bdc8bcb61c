using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>The demands of the directory of Claude's connectors for a remote MCP server.</summary>
internal static class ClaudeRules
{
    private const string Policy = "https://support.claude.com/en/articles/11697096-anthropic-mcp-directory-policy";
    private const string Guide = "https://support.claude.com/en/articles/12922490-remote-mcp-server-submission-guide";
    private const string Checklist =
        "https://github.com/anthropics/claude-plugins-official, plugins/mcp-server-dev/skills/build-mcp-app/references/directory-checklist.md";

    private const int Examples = 3;

    public static IReadOnlyList<DirectoryRule> All { get; } =
    [
        new(
            "address",
            Severity.Error,
            "an https address that Anthropic's network reaches",
            Guide,
            PublishChecks.Address
        ),
        new("title", Severity.Error, "annotations.title on every tool", Checklist, Titles),
        new("name", Severity.Error, "tool names of at most 64 letters, digits, '_' and '-'", Checklist, Names),
        new("hints", Severity.Error, "readOnlyHint and destructiveHint on every tool", Policy, MissingHints),
        new(
            "write-hint",
            Severity.Warning,
            "destructiveHint: true on every tool that writes. MCP and ChatGPT mean only tools that overwrite or delete, so "
                + "the hint stays; expect the question in the review",
            Guide,
            Additions
        ),
        new(
            "description",
            Severity.Error,
            "a description that says what the tool does and when to use it",
            Policy,
            Descriptions
        ),
        new(
            "orders",
            Severity.Error,
            "descriptions that do not direct Claude's behavior or its use of other servers",
            Policy,
            PublishChecks.Orders
        ),
        new("urls", Severity.Error, "https addresses of privacy policy, support and documentation", Guide, listing =>
            PublishChecks.Addresses(listing, int.MaxValue, "privacy", "support", "documentation")
        ),
        new("examples", Severity.Error, "at least three example prompts", Policy, ExamplePrompts),
        new("test-tools", Severity.Error, "examples that the server's tools can answer", Policy, PublishChecks.ToolsOf),
        new(
            "sign-in",
            Severity.Error,
            "OAuth with registration of clients or client metadata documents",
            Checklist,
            PublishChecks.SignIn
        ),
    ];

    private static IEnumerable<Violation> Titles(Listing listing) =>
        from tool in listing.Tools
        where string.IsNullOrWhiteSpace(tool.Get("annotations").Text("title"))
        select Violation.OfTool(listing, tool.Text("name") ?? "", "it has no annotations.title");

    private static IEnumerable<Violation> Names(Listing listing) =>
        from tool in listing.Tools
        let name = tool.Text("name") ?? ""
        where !ToolNames.IsLegal(name)
        select Violation.OfTool(listing, name, $"the name has other characters, or {name.Length} of them");

    private static IEnumerable<Violation> MissingHints(Listing listing) =>
        from tool in listing.Tools
        from hint in (string[])["readOnlyHint", "destructiveHint"]
        where tool.Get("annotations").Text(hint) is not ("true" or "false")
        select Violation.OfTool(listing, tool.Text("name") ?? "", $"it lacks {hint}");

    private static IEnumerable<Violation> Additions(Listing listing)
    {
        var tools = listing
            .Tools.Where(tool =>
                tool.Get("annotations").Text("readOnlyHint") == "false"
                && tool.Get("annotations").Text("destructiveHint") == "false"
            )
            .Select(tool => tool.Text("name"))
            .ToList();
        if (tools.Count > 0)
        {
            yield return Violation.Of(
                "",
                $"{tools.Count} tools write and say destructiveHint: false ({string.Join(", ", tools)})"
            );
        }
    }

    private static IEnumerable<Violation> Descriptions(Listing listing) =>
        from tool in listing.Tools
        where string.IsNullOrWhiteSpace(tool.Text("description"))
        select Violation.OfTool(listing, tool.Text("name") ?? "", "it has no description");

    private static IEnumerable<Violation> ExamplePrompts(Listing listing) =>
        listing.Data.Positive.Count >= Examples
            ? []
            : [Violation.Of("tests/positive", $"there are {listing.Data.Positive.Count} positive test prompts")];
}
