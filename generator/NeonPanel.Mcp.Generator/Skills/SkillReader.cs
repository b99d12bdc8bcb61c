using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Skills;

/// <summary>Reads a <c>SKILL.md</c>: YAML between two lines of three hyphens, then Markdown
/// (agentskills.io/specification).</summary>
internal static partial class SkillReader
{
    private const int MaxName = 64;
    private const int MaxDescription = 1024;
    private const string Fence = "---\n";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );
    private static readonly string[] Members = ["name", "description", "license", "compatibility", "metadata"];

    /// <returns>The skill, or <see langword="null"/> after a fault that leaves nothing to check.</returns>
    public static SkillModel? Read(InputFile file, List<Diagnostic> diagnostics)
    {
        string text;
        try
        {
            text = Strict.GetString(file.Bytes);
        }
        catch (DecoderFallbackException)
        {
            return Refuse("The file is not UTF-8.");
        }

        var end = text.IndexOf("\n" + Fence, StringComparison.Ordinal);
        if (!text.StartsWith(Fence, StringComparison.Ordinal) || end < 0)
        {
            return Refuse(
                "The file must begin with a line '---', the members name and description, and a second line '---'. Lines end with LF."
            );
        }

        if (YamlTree.Parse(file.Name, text[Fence.Length..(end + 1)]) is not JsonObject frontmatter)
        {
            return Refuse("The lines between '---' must be members, such as 'name: my-skill'.");
        }

        var start = end + 1 + Fence.Length;
        diagnostics.AddRange(FaultsOf(file.Name, frontmatter).Select(message => Fault(file.Name, 1, message)));
        return new(
            file.Name,
            frontmatter,
            text,
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.Bytes)),
            file.Bytes.Length,
            [.. MentionsIn(text, start)]
        )
        {
            Name = frontmatter.Text("name") ?? "",
            Description = frontmatter.Text("description") ?? "",
        };

        SkillModel? Refuse(string message)
        {
            diagnostics.Add(Fault(file.Name, 1, message));
            return null;
        }
    }

    /// <summary>Creates the diagnostic of a place in a skill.</summary>
    public static Diagnostic Fault(string file, int line, string message) =>
        new(DiagnosticIds.Skill, Severity.Error, file, $"L{line}", message);

    private static IEnumerable<string> FaultsOf(string file, JsonObject frontmatter)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(file)) ?? "";
        var name = frontmatter.Text("name");
        if (name != folder || !SkillName().IsMatch(folder) || folder.Length > MaxName)
        {
            yield return $"'name' must be the name of the folder, '{folder}', of at most {MaxName} lower-case letters, digits and "
                + $"single hyphens, but is '{name}'.";
        }

        if (frontmatter.Text("description") is not { Length: > 0 and <= MaxDescription })
        {
            yield return $"'description' must be a text of 1 to {MaxDescription} characters that says what the skill does and when to use it.";
        }

        foreach (var member in frontmatter.Select(pair => pair.Key).Except(Members))
        {
            yield return $"'{member}' is not served: {string.Join(", ", Members)} are expected.";
        }
    }

    private static IEnumerable<SkillMention> MentionsIn(string text, int start)
    {
        foreach (Match span in CodeSpan().Matches(text, start))
        {
            yield return Of(span.Groups[1].Value, text.AsSpan(0, span.Index).Count('\n') + 1);
        }
    }

    private static SkillMention Of(string code, int line)
    {
        if (Call().Match(code) is { Success: true } call)
        {
            return new(SkillMentionKind.Call, call.Groups["tool"].Value, line)
            {
                Arguments =
                [
                    .. call.Groups["name"]
                        .Captures.Select(
                            (name, at) =>
                                (
                                    name.Value,
                                    call.Groups["value"].Captures[at].Value is { Length: > 0 } value ? value : null
                                )
                        ),
                ],
            };
        }

        if (Profile().Match(code) is { Success: true } profile)
        {
            return new(SkillMentionKind.Profile, profile.Groups[1].Value, line);
        }

        if (SingleName().IsMatch(code))
        {
            return new(SkillMentionKind.Name, code, line);
        }

        return new(FieldPaths().IsMatch(code) ? SkillMentionKind.Fields : SkillMentionKind.Unknown, code, line);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex SkillName();

    // A run of backticks is one delimiter, so that a fenced block is one text of several lines, which is unknown.
    [GeneratedRegex("`+([^`]+)`+")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(
        """^(?<tool>[A-Za-z][A-Za-z0-9_-]*)\(\s*((?<name>[A-Za-z_][A-Za-z0-9_]*)(=(?<value>"[^"]*"|[A-Za-z0-9.-]+)|(?<value>))(,\s*(?!\))|\s*(?=\))))*\)\z"""
    )]
    private static partial Regex Call();

    [GeneratedRegex(@"^/mcp/([A-Za-z0-9_-]+)\z")]
    private static partial Regex Profile();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex SingleName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*([.,][A-Za-z_][A-Za-z0-9_]*)+\z")]
    private static partial Regex FieldPaths();
}
