using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Where a text of the specification names an operation by its id, the tool's text names the tool (rule
/// C7).</summary>
internal sealed partial class OperationReferences
{
    private const int MaxRead = 16 * 1024;

    private readonly Dictionary<string, string> names;

    public OperationReferences(IEnumerable<(string OperationId, string ToolName)> operations) =>
        // Only ids that cannot be plain words: 'list' in a sentence is no reference.
        names = operations
            .Where(pair => NotAWord().IsMatch(pair.OperationId))
            .DistinctBy(pair => pair.OperationId)
            .ToDictionary(pair => pair.OperationId, pair => pair.ToolName, StringComparer.Ordinal);

    /// <summary>Cleans a text and replaces ids by tool names.</summary>
    public string Rewrite(string? text) =>
        // Models read Markdown's code marks as they stand, so they only cost tokens.
        Word()
            .Replace(PlainText.Clean(HtmlTexts.Plain(Begin(text)).Replace("`", "", StringComparison.Ordinal)), match =>
                NameOf(match.Value)
            );

    // The name of the tool for the id of an operation, which may end a sentence; other words stay.
    private string NameOf(string word)
    {
        if (names.TryGetValue(word, out var name))
        {
            return name;
        }

        var id = word.TrimEnd('.');
        return names.TryGetValue(id, out name) ? name + word[id.Length..] : word;
    }

    // What is told is far shorter; a text of megabytes need not be read for it.
    private static string Begin(string? text) => text is { Length: > MaxRead } ? text[..MaxRead] : text ?? "";

    [GeneratedRegex("[A-Za-z0-9_.-]+")]
    private static partial Regex Word();

    [GeneratedRegex("[a-z][A-Z]|[a-zA-Z][._][a-zA-Z]")]
    private static partial Regex NotAWord();
}
