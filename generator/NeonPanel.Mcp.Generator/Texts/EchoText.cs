using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Texts;

/// <summary>Recognizes a text that says no more than the name of the value: <c>Target price.</c> for
/// <c>target_price</c>. In a list of tools it costs tokens and explains nothing.</summary>
internal static partial class EchoText
{
    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a",
        "an",
        "the",
        "of",
        "in",
        "number",
    };

    /// <summary>Returns whether every word of the text is a word of the name, in any case, an article, 'of',
    /// 'in' or 'number'. An empty text is no echo.</summary>
    public static bool Repeats(string text, string name)
    {
        var words = Words().Matches(text).Select(match => match.Value).Where(word => !Fillers.Contains(word)).ToList();
        // Marks such as '%' or '=' say more than the words beside them.
        return words.Count > 0
            && Words().Replace(text, "").All(mark => mark is ' ' or '.' or ',')
            && words.All(NameWords(name).Contains);
    }

    private static HashSet<string> NameWords(string name) =>
        Parts().Matches(name).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Words();

    // Words of a name in snake case or camel case: sku, per_page, perPage, FNSKUCode.
    [GeneratedRegex(@"\p{Lu}+(?![\p{Ll}])|\p{Lu}?[\p{Ll}]+|\p{N}+|[\p{L}-[\p{Lu}\p{Ll}]]+")]
    private static partial Regex Parts();
}
