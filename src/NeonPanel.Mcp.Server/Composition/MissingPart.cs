namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Something that a composed call could not read.</summary>
/// <param name="Tool">The tool that was called.</param>
/// <param name="Of">The row that it was called for, or an empty text.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
internal sealed record MissingPart(string Tool, string Of, string Reason)
{
    private const int MaxNames = 5;
    private const int MaxSentences = 20;

    /// <summary>Returns one sentence for all parts with one reason and the same rows.</summary>
    public static List<string> Sentences(IReadOnlyCollection<MissingPart> parts)
    {
        var sentences = parts
            .GroupBy(part => (part.Tool, part.Reason))
            .Select(group => (group.Key.Tool, group.Key.Reason, Of: Names(group.Select(part => part.Of))))
            .GroupBy(item => (item.Of, item.Reason))
            .Select(group =>
                Names(group.Select(item => item.Tool))
                + (group.Key.Of.Length > 0 ? $" of {group.Key.Of}" : "")
                + $": {group.Key.Reason}"
            )
            .ToList();
        return sentences.Count <= MaxSentences
            ? sentences
            : [.. sentences.Take(MaxSentences), $"And {sentences.Count - MaxSentences} more."];
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", all.Take(MaxNames))
            + (all.Count > MaxNames ? $" and {all.Count - MaxNames} more" : "");
    }
}
