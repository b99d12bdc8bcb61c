using System.Buffers;
using System.Text;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Checks and normalizes names that people write.</summary>
internal static class NameText
{
    private static readonly SearchValues<char> IntegerLetters = SearchValues.Create("-0123456789");

    /// <summary>Most characters of a name.</summary>
    public const int Longest = 200;

    // The Latin letters with one mark (Unicode 16, UnicodeData.txt): the mark, the letters, and the composed
    // characters. String.Normalize changes nothing here, because the server runs without the platform's data
    // (InvariantGlobalization).
    private static readonly (char Mark, string Letters, string Composed)[] Marks =
    [
        ('\u0300', "AEIOUaeiouNn", "ÀÈÌÒÙàèìòùǸǹ"),
        ('\u0301', "AEIOUYaeiouyCcLlNnRrSsZzGg", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǴǵ"),
        ('\u0302', "AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"),
        ('\u0303', "ANOanoIiUu", "ÃÑÕãñõĨĩŨũ"),
        ('\u0304', "AaEeIiOoUuYy", "ĀāĒēĪīŌōŪūȲȳ"),
        ('\u0306', "AaEeGgIiOoUu", "ĂăĔĕĞğĬĭŎŏŬŭ"),
        ('\u0307', "CcEeGgIZzAaOo", "ĊċĖėĠġİŻżȦȧȮȯ"),
        ('\u0308', "AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ"),
        ('\u030A', "AaUu", "ÅåŮů"),
        ('\u030B', "OoUu", "ŐőŰű"),
        ('\u030C', "CcDdEeLlNnRrSsTtZzAaIiOoUuGgKkjHh", "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǦǧǨǩǰȞȟ"),
        ('\u030F', "AaEeIiOoRrUu", "ȀȁȄȅȈȉȌȍȐȑȔȕ"),
        ('\u0311', "AaEeIiOoRrUu", "ȂȃȆȇȊȋȎȏȒȓȖȗ"),
        ('\u031B', "OoUu", "ƠơƯư"),
        ('\u0326', "SsTt", "ȘșȚț"),
        ('\u0327', "CcGgKkLlNnRrSsTtEe", "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩ"),
        ('\u0328', "AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ"),
    ];

    /// <summary>Returns the reason why a text cannot be a name, or <see langword="null"/>.</summary>
    public static string? FaultOf(string text) =>
        text switch
        {
            _ when string.IsNullOrWhiteSpace(text) => "is empty",
            _ when text.Length > Longest => $"has {text.Length} characters",
            // A text that is not allowed in a path (rule D4). Looking it up would only help a caller who probes paths.
            // A line break of the record counts as a space.
            _ => PathSegment.FaultOf(text.Replace('\n', ' ').Replace('\t', ' ')),
        };

    /// <summary>Returns the same text for spellings that look equal: Latin letters composed or not, one space or
    /// two.</summary>
    public static string Plain(string name) =>
        string.Join(' ', Composed(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Returns whether a text is an integer in JSON's form.</summary>
    public static bool IsInteger(string text) =>
        NumberText.IsNumber(text) && text.AsSpan().IndexOfAnyExcept(IntegerLetters) < 0;

    /// <summary>Returns the longest run of letters and digits with at least three of them, or the empty
    /// string.</summary>
    public static string LongestWord(string name)
    {
        var longest = "";
        foreach (var word in name.Split([.. name.Where(character => !char.IsLetterOrDigit(character)).Distinct()]))
        {
            longest = word.Length > Math.Max(longest.Length, 2) ? word : longest;
        }

        return longest;
    }

    private static string Composed(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (character is >= '\u0300' and <= '\u036F' && text.Length > 0 && Compose(text[^1], character) is { } one)
            {
                text[^1] = one;
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    private static char? Compose(char letter, char mark)
    {
        var (_, letters, composed) = Array.Find(Marks, known => known.Mark == mark);
        return letters?.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? composed[at] : null;
    }
}
