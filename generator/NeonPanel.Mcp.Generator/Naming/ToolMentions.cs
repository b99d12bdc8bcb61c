using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Finds names of tools in texts.</summary>
internal static partial class ToolMentions
{
    /// <summary>Returns the tools that a text names, in ordinal order. A name that can be an ordinary word, such as
    /// <c>search</c>, is not counted.</summary>
    public static IReadOnlyList<string> In(string text, IReadOnlyCollection<string> tools)
    {
        var words = Word().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        return [.. tools.Where(name => NotAWord().IsMatch(name) && words.Contains(name)).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("[A-Za-z0-9_-]+")]
    private static partial Regex Word();

    [GeneratedRegex("[a-z][A-Z]|[a-zA-Z]_[a-zA-Z]")]
    private static partial Regex NotAWord();
}
