using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>The demands of Microsoft 365 Copilot on the manifest of a plugin with an MCP server (schema 2.4) and on the
/// declarative agent that uses it (schema 1.7).</summary>
internal static partial class CopilotRules
{
    private const string Plugin = "https://learn.microsoft.com/microsoft-365/copilot/extensibility/plugin-manifest-2.4";
    private const string Agent =
        "https://github.com/microsoft/json-schemas, copilot/declarative-agent/v1.7/schema.json";

    private const int HumanName = 20;
    private const int HumanText = 100;
    private const int ModelText = 2048;
    private const int AnyText = 4000;
    private const int AgentName = 100;
    private const int AgentText = 1000;
    private const int Starters = 12;

    public static IReadOnlyList<DirectoryRule> All { get; } =
    [
        new("address", Severity.Error, "an absolute address of the MCP server", Plugin, PublishChecks.Address),
        new("function-name", Severity.Error, "names of functions of letters, digits and '_'", Plugin, FunctionNames),
        new("tool", Severity.Error, "name, description and inputSchema of every tool", Plugin, Parts),
        new("human-name", Severity.Warning, "at most 20 characters; more may be ignored", Plugin, listing =>
            PublishChecks.Length("displayName", listing.DisplayName, HumanName)
        ),
        new("human-text", Severity.Warning, "at most 100 characters; more may be ignored", Plugin, listing =>
            PublishChecks.Length("info.summary", listing.Summary, HumanText)
        ),
        new("model-text", Severity.Warning, "at most 2,048 characters; more may be ignored", Plugin, listing =>
            listing.Data.Text("description") is { Length: > ModelText } text
                ? [Violation.Of("description", $"'description' has {text.Length} characters")]
                : []
        ),
        new("text-length", Severity.Warning, "texts of at most 4,000 characters", Plugin, LongTexts),
        new("agent-name", Severity.Error, "at most 100 characters", Agent, listing =>
            PublishChecks.Length("displayName", listing.DisplayName, AgentName)
        ),
        new("agent-text", Severity.Error, "a description of the agent of 1 to 1,000 characters", Agent, listing =>
            PublishChecks.Length(
                "description",
                listing.Data.Text("description") ?? listing.ShortSummary,
                AgentText,
                isOneLine: false
            )
        ),
        new("starters", Severity.Error, "at most 12 conversation starters, without '[[' and ']]'", Agent, StarterTexts),
        new(
            "addresses",
            Severity.Error,
            "absolute addresses of terms and privacy policy, where they are given",
            Plugin,
            Legal
        ),
        new(
            "sign-in",
            Severity.Warning,
            "the reference of the sign-in that the Teams developer portal issued ('oauthReference')",
            Plugin,
            Reference
        ),
    ];

    private static IEnumerable<Violation> FunctionNames(Listing listing) =>
        from tool in listing.Tools
        let name = tool.Text("name") ?? ""
        where !Function().IsMatch(name)
        select Violation.OfTool(listing, name, "the name has other characters");

    private static IEnumerable<Violation> Parts(Listing listing) =>
        from tool in listing.Tools
        let missing = (string[])
            [
                .. ((string[])["name", "description"]).Where(part => string.IsNullOrWhiteSpace(tool.Text(part))),
                .. tool.Get("inputSchema") is JsonObject ? (string[])[] : ["inputSchema"],
            ]
        where missing.Length > 0
        select Violation.OfTool(listing, tool.Text("name") ?? "", $"it lacks {string.Join(", ", missing)}");

    private static IEnumerable<Violation> LongTexts(Listing listing) =>
        from tool in listing.Tools
        let longest = PublishChecks.Texts(tool).Select(text => text.Length).DefaultIfEmpty().Max()
        where longest > AnyText
        select Violation.OfTool(listing, tool.Text("name") ?? "", $"a text has {longest} characters");

    private static IEnumerable<Violation> StarterTexts(Listing listing)
    {
        var starters = listing.Data.StarterPrompts;
        if (starters.Count > Starters)
        {
            yield return Violation.Of("starterPrompts", $"there are {starters.Count} prompts");
        }

        for (var at = 0; at < starters.Count; at++)
        {
            if (string.IsNullOrWhiteSpace(starters[at]) || Brackets().IsMatch(starters[at]))
            {
                yield return Violation.Of($"starterPrompts/{at}", $"prompt {at + 1} is '{starters[at]}'");
            }
        }
    }

    private static IEnumerable<Violation> Legal(Listing listing) =>
        from member in (string[])["terms", "privacy"]
        let text = listing.Data.Text(member)
        where text is not null && !PublishChecks.IsPublic(text)
        select Violation.Of(member, $"'{member}' is '{text}'");

    private static IEnumerable<Violation> Reference(Listing listing) =>
        listing.Data.Text("oauthReference") is null
            ? [Violation.Of("oauthReference", "'oauthReference' is missing, so the manifest has a placeholder for it")]
            : [];

    [GeneratedRegex("^[A-Za-z0-9_]+$")]
    private static partial Regex Function();

    [GeneratedRegex(@"\[\[|\]\]")]
    private static partial Regex Brackets();
}
