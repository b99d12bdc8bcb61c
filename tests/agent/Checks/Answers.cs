using System.Globalization;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>Reads answers as people write them.</summary>
internal static partial class Answers
{
    private static readonly char[] Separators = ['\n', ';'];

    /// <summary>Returns the text after the last line that begins with "Answer:", or the whole text without such a
    /// line.</summary>
    public static string Final(string answer)
    {
        var marks = AnswerPattern().Matches(answer);
        return (marks.Count == 0 ? answer : answer[(marks[^1].Index + marks[^1].Length)..]).Trim();
    }

    /// <summary>Lines of an answer. Semicolons separate as line ends do.</summary>
    public static IReadOnlyList<string> Lines(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The numbers of a text, in its order. Commas may separate thousands; dates and names hold
    /// none.</summary>
    public static IReadOnlyList<decimal> Numbers(string text) =>
        [
            .. NumberPattern()
                .Matches(text)
                .Select(match =>
                    decimal.Parse(
                        match.Value.Replace(",", "", StringComparison.Ordinal).Replace('−', '-'),
                        NumberStyles.Number,
                        CultureInfo.InvariantCulture
                    )
                ),
        ];

    /// <summary>The currencies of a text, by code or sign.</summary>
    public static IReadOnlySet<string> Currencies(string text)
    {
        var found = CodePattern().Matches(text).Select(match => match.Value.ToUpperInvariant()).ToHashSet();
        if (found.Count > 0)
        {
            return found;
        }

        // A sign is read only where there is no code: "$5.00 CAD" is Canadian.
        foreach (var (sign, code) in new[] { ("€", "EUR"), ("£", "GBP"), ("$", "USD") })
        {
            if (text.Contains(sign, StringComparison.Ordinal))
            {
                found.Add(code);
            }
        }

        return found;
    }

    /// <summary>Whether a text has a name: the whole word or words, in any case.</summary>
    public static bool Has(string text, string name) => NamePattern(name).IsMatch(text);

    /// <summary>A text without a name, so that digits of the name are no figures.</summary>
    public static string Without(string text, string name) => NamePattern(name).Replace(text, " ");

    private static Regex NamePattern(string name) =>
        new($@"(?<![\p{{L}}\d]){Regex.Escape(name)}(?![\p{{L}}\d])", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"^[\s*_#>]*answer[\s*_]*:[\s*_]*", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex AnswerPattern();

    [GeneratedRegex(@"(?<![\p{L}\d.])(?<![\p{L}\d]-)[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(?!\d|-\d)")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\b(USD|CAD|EUR|GBP|CHF)\b", RegexOptions.IgnoreCase)]
    private static partial Regex CodePattern();
}
