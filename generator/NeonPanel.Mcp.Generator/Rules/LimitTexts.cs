using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>Numbers that a text names as the most or the least, against the limit beside it (rule C10). Only plain
/// words count: a warning that is often wrong is read by nobody.</summary>
internal static partial class LimitTexts
{
    public static IEnumerable<string> Check(string? type, SchemaLimits limits, string text)
    {
        foreach (var (unit, least, most) in Limits(type))
        {
            if (limits[most] is { } upper && Named(text, unit, MostWords()).Find(IsMore) is { } more)
            {
                yield return $"The {most.Name} is {upper.Digits}, and the text allows more ('{PlainText.Line(more.Value)}').";
            }

            if (limits[least] is { } lower && Named(text, unit, LeastWords()).Find(IsLess) is { } less)
            {
                yield return $"The {least.Name} is {lower.Digits}, and the text allows less ('{PlainText.Line(less.Value)}').";
            }

            bool IsMore(Match match) => SchemaBounds.Compare(Digits(match), limits[most]!.Value.Digits) > 0;
            bool IsLess(Match match) => SchemaBounds.Compare(Digits(match), limits[least]!.Value.Digits) < 0;
        }
    }

    private static IEnumerable<(string Unit, LimitKeyword Least, LimitKeyword Most)> Limits(string? type) =>
        type switch
        {
            "integer" or "number" => [("", LimitKeyword.Minimum, LimitKeyword.Maximum)],
            "string" => [("character", LimitKeyword.MinLength, LimitKeyword.MaxLength)],
            "array" => [("item", LimitKeyword.MinItems, LimitKeyword.MaxItems)],
            _ => [],
        };

    // The number of a text or list is named with what is counted; what a number of another unit counts is not known.
    private static List<Match> Named(string text, string unit, Regex words) =>
        [
            .. words
                .Matches(text)
                .Where(match =>
                    unit.Length == 0
                        ? !OtherUnits().IsMatch(match.Groups["unit"].Value)
                        : match.Groups["unit"].Value.StartsWith(unit, StringComparison.OrdinalIgnoreCase)
                ),
        ];

    private static string Digits(Match match) =>
        match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal);

    private const string Number =
        @"(?<number>-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]{1,15}(?:\.[0-9]{1,9})?)(?![0-9.,]*[0-9])";

    [GeneratedRegex(
        @"\b(?:up to|at most|no more than|not more than|(?:a )?max(?:imum)?(?: (?:value|length|size|number))?(?: (?:of|is))?:?|between -?[0-9]+(?:\.[0-9]+)? and|from -?[0-9]+ to) "
            + Number
            + @"(?: (?<unit>[a-z]+))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex MostWords();

    [GeneratedRegex(
        @"\b(?:(?:at least|no less than|not less than|(?:a )?min(?:imum)?(?: (?:value|length|size|number))?(?: (?:of|is))?:?) "
            + Number
            + @"(?: (?<unit>[a-z]+))?|between "
            + Number
            + @" and -?[0-9]+(?:\.[0-9]+)?(?: (?<unit>[a-z]+))?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex LeastWords();

    [GeneratedRegex(
        "^(?:char|letter|digit|decimal|place|item|byte|kb|mb|gb|word|request|second|minute|hour|day|week|month|year)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OtherUnits();
}
