using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>The demands of the ChatGPT directory for a plugin with a remote MCP server.</summary>
internal static partial class ChatGptRules
{
    private const string Errors = "https://developers.openai.com/plugins/deploy/submission-errors";
    private const string Guidelines = "https://developers.openai.com/plugins/plugin-guidelines";
    private const string Form = "https://developers.openai.com/apps-sdk/schemas/chatgpt-app-submission.v1.json";
    private const string SignIn = "https://developers.openai.com/plugins/build/auth";
    private const string Reference = "https://developers.openai.com/apps-sdk/reference";
    private const string Skill =
        "https://github.com/openai/plugins, plugins/openai-developers/skills/chatgpt-app-submission/SKILL.md";

    private const int Name = 30;
    private const int Description = 4000;
    private const int Developer = 80;
    private const int Prompts = 3;
    private const int Prompt = 128;
    private const int Url = 1024;
    private const int Version = 64;

    private static readonly string[] Hints = ["readOnlyHint", "openWorldHint", "destructiveHint"];

    private static readonly string[] Categories =
    [
        "BUSINESS",
        "COLLABORATION",
        "DESIGN",
        "DEVELOPER_TOOLS",
        "EDUCATION",
        "ENTERTAINMENT",
        "FINANCE",
        "FOOD",
        "LIFESTYLE",
        "NEWS",
        "PRODUCTIVITY",
        "SHOPPING",
        "TRAVEL",
    ];

    public static IReadOnlyList<DirectoryRule> All { get; } =
    [
        new("address", Severity.Error, "a production https address of the MCP server", Errors, PublishChecks.Address),
        new(
            "hints",
            Severity.Error,
            "explicit values of readOnlyHint, openWorldHint and destructiveHint on every tool",
            Errors,
            MissingHints
        ),
        new("justification", Severity.Error, "a reason for the value of each hint", Errors, MissingReasons),
        new(
            "hint-truth",
            Severity.Error,
            "destructiveHint: true on tools that overwrite or delete",
            Guidelines,
            FalseHints
        ),
        new("display-name", Severity.Error, "one line of at most 30 characters", Errors, listing =>
            PublishChecks.Length("displayName", listing.DisplayName, Name)
        ),
        new(
            "name-words",
            Severity.Error,
            "a name without 'MCP', 'MCP Server' or 'Plugin' at its end",
            Guidelines,
            NameWords
        ),
        new("subtitle", Severity.Error, "one line of at most 30 characters", Errors, listing =>
            PublishChecks.Length("subtitle", listing.Data.Text("subtitle"), Name)
        ),
        new("description", Severity.Error, "at most 4,000 characters", Errors, listing =>
            PublishChecks.Length("description", listing.Data.Text("description"), Description, isOneLine: false)
        ),
        new(
            "comparison",
            Severity.Warning,
            "subtitle and description without comparisons, prices and promotion",
            Guidelines,
            Comparisons
        ),
        new("developer", Severity.Error, "one line of at most 80 characters", Errors, listing =>
            PublishChecks.Length("developer", listing.Data.Text("developer"), Developer)
        ),
        new("category", Severity.Error, "one of " + string.Join(", ", Categories), Skill, Category),
        new(
            "urls",
            Severity.Error,
            "https addresses of website, support, privacy policy and terms, of at most 1,024 characters",
            Errors,
            listing => PublishChecks.Addresses(listing, Url, "website", "support", "privacy", "terms")
        ),
        new("version", Severity.Error, "a semantic version of at most 64 characters", Errors, SemanticVersion),
        new(
            "starter-prompts",
            Severity.Error,
            "at most three different prompts of one line, at most 128 characters, without @mentions",
            Errors,
            StarterPrompts
        ),
        new("tests", Severity.Error, "exactly five positive and three negative test prompts", Errors, Tests),
        new("test-tools", Severity.Error, "names of tools that the server has", Form, PublishChecks.ToolsOf),
        new(
            "orders",
            Severity.Error,
            "tools that do exactly what name and description say, without hidden effects",
            Guidelines,
            PublishChecks.Orders
        ),
        new(
            "view-domain",
            Severity.Error,
            "an https origin of their own for views (ui.domain; Mcp:ViewDomain, by default the origin of the server)",
            Reference,
            ViewDomain
        ),
        new(
            "sensitive-input",
            Severity.Warning,
            "no arguments for credentials or numbers of identity",
            Skill,
            Sensitive
        ),
        new("output-schema", Severity.Warning, "an output schema on every tool", Skill, OutputSchemas),
        new("sign-in", Severity.Error, "PKCE with S256, and registration of clients", SignIn, PublishChecks.SignIn),
    ];

    private static IEnumerable<Violation> MissingHints(Listing listing) =>
        from tool in listing.Tools
        let missing = Hints.Where(hint => tool.Get("annotations").Text(hint) is not ("true" or "false")).ToList()
        where missing.Count > 0
        select Violation.OfTool(listing, tool.Text("name") ?? "", $"it lacks {string.Join(", ", missing)}");

    private static IEnumerable<Violation> MissingReasons(Listing listing) =>
        from tool in listing.Catalog.Tools
        from reason in Justifications.Of(listing, tool)
        where string.IsNullOrWhiteSpace(reason.Value?.ToString())
        select Violation.OfTool(listing, tool.ToolName, $"{reason.Key} is empty");

    private static IEnumerable<Violation> FalseHints(Listing listing)
    {
        foreach (var tool in listing.Tools)
        {
            var hints = tool.Get("annotations");
            var name = tool.Text("name") ?? "";
            var method = tool.Text("method");
            if (
                method is "PUT" or "PATCH" or "DELETE"
                && hints.Text("destructiveHint") == "false"
                && listing.Find(name)?.NotDestructive is null
            )
            {
                yield return Violation.OfTool(
                    listing,
                    name,
                    $"it sends {method}, says destructiveHint: false and gives no reason"
                );
            }

            if (hints.Text("readOnlyHint") == "true" && hints.Text("destructiveHint") == "true")
            {
                yield return Violation.OfTool(listing, name, "it says readOnlyHint: true and destructiveHint: true");
            }
        }
    }

    private static IEnumerable<Violation> NameWords(Listing listing) =>
        NameEnd().Match(listing.DisplayName) is { Success: true } end
            ? [Violation.Of("displayName", $"the name '{listing.DisplayName}' ends with '{end.Value.Trim()}'")]
            : [];

    private static IEnumerable<Violation> Comparisons(Listing listing) =>
        from member in (string[])["subtitle", "description"]
        from Match match in Promotion().Matches(listing.Data.Text(member) ?? "")
        select Violation.Of(member, $"'{member}' says \"{match.Value}\"");

    private static IEnumerable<Violation> Category(Listing listing)
    {
        var category = listing.Data.Text("category");
        if (category is null || !Categories.Contains(category))
        {
            yield return Violation.Of(
                "category",
                category is null ? "'category' is missing" : $"the category is '{category}'"
            );
        }
    }

    private static IEnumerable<Violation> SemanticVersion(Listing listing) =>
        listing.Version.Length <= Version && Semantic().IsMatch(listing.Version)
            ? []
            : [Violation.Of("", $"the version is '{listing.Version}'")];

    private static IEnumerable<Violation> StarterPrompts(Listing listing)
    {
        var prompts = listing.Data.StarterPrompts;
        if (prompts.Count > Prompts)
        {
            yield return Violation.Of("starterPrompts", $"there are {prompts.Count} prompts");
        }

        for (var at = 0; at < prompts.Count; at++)
        {
            var prompt = prompts[at];
            foreach (var violation in PublishChecks.Length($"starterPrompts/{at}", prompt, Prompt))
            {
                yield return violation;
            }

            if (prompt.Contains('@', StringComparison.Ordinal))
            {
                yield return Violation.Of($"starterPrompts/{at}", $"prompt {at + 1} has an @mention");
            }

            if (prompts.Take(at).Any(other => Same(other, prompt)))
            {
                yield return Violation.Of($"starterPrompts/{at}", $"prompt {at + 1} repeats another");
            }
        }
    }

    private static bool Same(string one, string other) =>
        string.Equals(Flat(one), Flat(other), StringComparison.OrdinalIgnoreCase);

    private static string Flat(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<Violation> Tests(Listing listing)
    {
        const int positive = 5;
        const int negative = 3;
        foreach (
            var (kind, tests, expected) in ((string, IReadOnlyList<TestPrompt>, int)[])
                [("positive", listing.Data.Positive, positive), ("negative", listing.Data.Negative, negative)]
        )
        {
            if (tests.Count != expected)
            {
                yield return Violation.Of($"tests/{kind}", $"there are {tests.Count} {kind} test prompts");
            }

            for (var at = 0; at < tests.Count; at++)
            {
                if (string.IsNullOrWhiteSpace(tests[at].Prompt) || string.IsNullOrWhiteSpace(tests[at].Expected))
                {
                    yield return Violation.Of(
                        $"tests/{kind}/{at}",
                        $"{kind} test {at + 1} lacks its prompt or what is expected"
                    );
                }
            }
        }
    }

    private static IEnumerable<Violation> ViewDomain(Listing listing) =>
        listing.HasViews && listing.Data.Address is { } address && !PublishChecks.IsPublic(address)
            ? [Violation.Of("address", $"tools have views, and '{address}' gives them no domain")]
            : [];

    private static IEnumerable<Violation> Sensitive(Listing listing) =>
        from tool in listing.Tools
        from argument in tool.Get("inputSchema").Members("properties")
        where
            SensitiveName()
                .IsMatch(
                    argument.Key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
                )
        select Violation.OfTool(listing, tool.Text("name") ?? "", $"it asks for '{argument.Key}'");

    private static IEnumerable<Violation> OutputSchemas(Listing listing) =>
        from tool in listing.Tools
        where tool.Get("outputSchema") is not JsonObject
        select Violation.OfTool(listing, tool.Text("name") ?? "", "it has no output schema");

    [GeneratedRegex(@"\s(MCP( Server)?|Plugin)$", RegexOptions.IgnoreCase)]
    private static partial Regex NameEnd();

    // A selection of our own: only a person can judge the sentence around a word.
    [GeneratedRegex(
        @"\b(better than|unlike|cheaper|fastest|the best|number one|superior|alternative to|free trial|discounts?|"
            + @"pricing|subscriptions?|per month|promo\w*)\b|#1\b|\d% off",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Promotion();

    // Semantic Versioning 2.0.0, with the parts after '-' and '+'.
    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$")]
    private static partial Regex Semantic();

    [GeneratedRegex(
        "^(password|passwd|passphrase|secret|apikey|accesstoken|mfa|mfacode|otp|ssn|socialsecuritynumber|creditcard|"
            + "cardnumber|cvv|cvc|pin|passport|passportnumber|driverlicense|biometric)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SensitiveName();
}
