using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Replaces operation ids in texts of the specification by the names of their tools (rule C7).</summary>
internal sealed partial class OperationReferences
{
    private const int MaxRead = 16 * 1024;

    private readonly Dictionary<string, string> names;

    public OperationReferences(IEnumerable<(string OperationId, string ToolName)> operations) =>
        // Only ids that cannot be ordinary words: 'list' in a sentence is not a reference.
        names = operations
            .Where(pair => NotAWord().IsMatch(pair.OperationId))
            .DistinctBy(pair => pair.OperationId)
            .ToDictionary(pair => pair.OperationId, pair => pair.ToolName, StringComparer.Ordinal);

    /// <summary>Cleans a text and replaces operation ids by tool names.</summary>
    public string Rewrite(string? text) =>
        // Models do not render Markdown's code marks, so these marks only cost tokens.
        Word()
            .Replace(PlainText.Clean(HtmlTexts.Plain(Begin(text)).Replace("`", "", StringComparison.Ordinal)), match =>
                NameOf(match.Value)
            );

    // Returns the tool's name for an operation id, which may be followed by a full stop; other words are unchanged.
    private string NameOf(string word)
    {
        if (names.TryGetValue(word, out var name))
        {
            return name;
        }

        var id = word.TrimEnd('.');
        return names.TryGetValue(id, out name) ? name + word[id.Length..] : word;
    }

    // Clients see a much shorter text, so the rest of a very long one is not processed.
    private static string Begin(string? text) => text is { Length: > MaxRead } ? text[..MaxRead] : text ?? "";

    [GeneratedRegex("[A-Za-z0-9_.-]+")]
    private static partial Regex Word();

    [GeneratedRegex("[a-z][A-Z]|[a-zA-Z][._][a-zA-Z]")]
    private static partial Regex NotAWord();
}
