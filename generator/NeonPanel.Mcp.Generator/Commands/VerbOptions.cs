using System.CommandLine;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Proposals;
using DirectoryNames = NeonPanel.Mcp.Generator.Publishing.Directories;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The options of the verbs. Options whose name begins with "Our" have the repository's files as
/// defaults.</summary>
internal sealed partial class VerbOptions
{
    public const string OurOverlayFile = "spec/neonpanel.overlay.json";
    public const string OurSkillsFolder = "spec/skills";
    public const string OurLockFile = "spec/neonpanel.tools.lock.json";

    public Option<string> Spec { get; } =
        new("--spec") { Description = "The specification: JSON or YAML, '-' for standard input.", Required = true };

    public Option<string?> Overlay { get; } = new("--overlay") { Description = "OpenAPI Overlay 1.0 to apply to it." };

    public Option<string?> Lock { get; } = new("--lock") { Description = "The published tool catalogue." };

    public Option<string?> Skills { get; } =
        new("--skills") { Description = "Folder of the skills: NAME/SKILL.md for each." };

    public Option<string> SkillsToExport { get; } =
        new("--skills") { Description = "Folder of the skills.", DefaultValueFactory = _ => OurSkillsFolder };

    public Option<string?> Server { get; } =
        new("--server") { Description = "The address of the MCP server, such as https://mcp.example.com/mcp." };

    public Option<string?> OneDirectory { get; } =
        OfDirectories(
            new Option<string?>("--for")
            {
                Description = "Tests what a directory demands: chatgpt, claude, registry or copilot.",
            }
        );

    public Option<string[]> Directories { get; } =
        OfDirectories(
            new Option<string[]>("--for")
            {
                Description = "The directories: chatgpt, claude, registry, copilot; all if left out.",
                AllowMultipleArgumentsPerToken = true,
            }
        );

    public Option<string?> Publish { get; } =
        new("--publish") { Description = "The publish file: what directories ask for beyond the tools." };

    public Option<string?> Address { get; } =
        new("--address") { Description = "The public address of the server, such as https://mcp.example.com." };

    public Option<string?> Release { get; } =
        new("--release") { Description = "The version of the release; by default that of the generator." };

    public Option<string> Format { get; } = OneOf("text, json or markdown.", ["text", "json", "markdown"]);

    public Option<string> ReportFormat { get; } =
        OneOf(
            "text, json, markdown, or html: one page that needs no other file.",
            ["text", "json", "markdown", "html"]
        );

    public Option<string> Folder { get; } = new("--out") { Description = "Folder to write to.", Required = true };

    public Option<string> RootNamespace { get; } = ReadNamespace();

    public Option<bool> Lines { get; } =
        new("--lines") { Description = "Name line and column of a fault, in the form that MSBuild reads." };

    public Option<bool> AcceptBreaking { get; } =
        new("--accept-breaking") { Description = "Publish although a tool vanishes or breaks." };

    public Option<string?> From { get; } =
        new("--from") { Description = "The older specification, lock or catalogue." };

    public Option<string?> To { get; } = new("--to") { Description = "The newer one." };

    public Option<string?> Observed { get; } =
        new("--observed")
        {
            Description =
                "Instead of --from and --to: what a running server saw of answers, to propose overlay actions for --spec. "
                + $"Save it with: {ObservedAnswers.HowToSave}",
        };

    public Option<string> ServerObserved { get; } =
        new("--observed")
        {
            Description = $"What a running server saw of answers. Save it with: {ObservedAnswers.HowToSave}",
            Required = true,
        };

    public Option<string> Url { get; } =
        new("--url")
        {
            Description = "Where from: an address, a file, or '-'.",
            DefaultValueFactory = _ => "https://my.neonpanel.com/api/v1/openapi",
        };

    public Option<string> OurSpec { get; } =
        new("--spec") { Description = "The specification.", DefaultValueFactory = _ => "spec/neonpanel.openapi.json" };

    public Option<string?> OurOverlay { get; } =
        new("--overlay")
        {
            Description = "The overlay applied to it; by default spec/neonpanel.overlay.json where there is one.",
        };

    public Option<string> OurLock { get; } =
        new("--lock") { Description = "The published tool catalogue.", DefaultValueFactory = _ => OurLockFile };

    public Option<string?> OurSkills { get; } =
        new("--skills") { Description = "Folder of the skills; by default spec/skills where there is one." };

    public Option<string?> ReportFile { get; } =
        new("--report") { Description = "Takes what changed, as the text of a pull request." };

    public Option<string?> Changelog { get; } =
        new("--changelog") { Description = "Gets an entry under 'Changed' of 'Unreleased'." };

    private static T OfDirectories<T>(T option)
        where T : Option
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !DirectoryNames.Names.Contains(token.Value)))
            {
                result.AddError(
                    $"Option '--for' is '{token.Value}'; one of {string.Join(", ", DirectoryNames.Names)} is expected."
                );
            }
        });
        return option;
    }

    private static Option<string> OneOf(string description, string[] values)
    {
        var format = new Option<string>("--format") { Description = description, DefaultValueFactory = _ => values[0] };
        format.AcceptOnlyFromAmong(values);
        return format;
    }

    private static Option<string> ReadNamespace()
    {
        var name = new Option<string>("--namespace")
        {
            Description = "Root namespace of the C#.",
            DefaultValueFactory = _ => "NeonPanel",
        };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } value }] && !Namespace().IsMatch(value))
            {
                result.AddError(
                    $"Option '--namespace' is '{value}'; names of letters, digits and '_' with dots between them are expected, such as Acme.Shop."
                );
            }
        });
        return name;
    }

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*\z")]
    private static partial Regex Namespace();
}
