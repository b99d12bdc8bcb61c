using System.Text;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Changes the text of a YAML file so that the parser reads it as YAML 1.2. The parser follows YAML 1.1 in two
/// points: it treats U+0085, U+2028 and U+2029 as line ends, and it rejects tabs on lines without content.</summary>
internal static partial class YamlText
{
    // Ordinary characters in YAML 1.2 (§5.4). Characters of the private use area replace them during parsing.
    private const string LineEndsOf11 = "\u0085\u2028\u2029";
    private const char FirstStandIn = '\uE800';
    private const char LastStandIn = '\uF8FF';

    /// <summary>Prepares a text.</summary>
    /// <returns>The text for the parser, and a function that restores the original text of a scalar.</returns>
    public static (string Text, Func<string, string> Restore) Prepare(string text)
    {
        var restore = (Func<string, string>)(value => value);
        if (text.AsSpan().IndexOfAny(LineEndsOf11) >= 0)
        {
            var first = StandIns(text);
            text = Replace(text, character =>
                LineEndsOf11.IndexOf(character, StringComparison.Ordinal) is var at and >= 0
                    ? (char)(first + at)
                    : character
            );
            restore = value =>
                Replace(value, character =>
                    character >= first && character < first + LineEndsOf11.Length
                        ? LineEndsOf11[character - first]
                        : character
                );
        }

        return (text.Contains('\t', StringComparison.Ordinal) ? WithoutTabs(text) : text, restore);
    }

    // Returns the first of three consecutive characters that the text does not use.
    private static char StandIns(string text)
    {
        var first = FirstStandIn;
        while (
            first + LineEndsOf11.Length - 1 < LastStandIn
            && text.AsSpan().IndexOfAnyInRange(first, (char)(first + LineEndsOf11.Length - 1)) >= 0
        )
        {
            first = (char)(first + LineEndsOf11.Length);
        }

        return first;
    }

    private static string Replace(string text, Func<char, char> replacement) =>
        string.Create(text.Length, (text, replacement), (span, source) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = source.replacement(source.text[index]);
            }
        });

    // YAML 1.2.2 §6.6, §6.7: blank lines and comment lines may contain tabs, and a tab may separate '-' from its value.
    private static string WithoutTabs(string text)
    {
        var result = new StringBuilder(text.Length);
        var block = default(int?); // Indentation of the line that starts a block scalar.
        var content = default(int?); // Indentation of the block scalar's text, once known.
        foreach (var line in text.Split('\n'))
        {
            var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
            var isBlank = line.AsSpan().Trim(" \t\r").IsEmpty;
            if (block is { } outer && !isBlank)
            {
                content ??= indent > outer ? indent : null;
                (block, content) = content is { } least && indent >= least ? (block, content) : (null, null);
            }

            // A line with at least the text's indentation belongs to the text, including its tabs.
            var isText = block is not null && (!isBlank || (content is { } inside && indent >= inside));
            result.Append(isText ? line : WithoutTab(line)).Append('\n');
            if (block is null && BlockHeader().IsMatch(line))
            {
                block = indent;
                content = null;
            }
        }

        return result.ToString(0, result.Length - 1);
    }

    private static string WithoutTab(string line)
    {
        var leading = line[..^line.AsSpan().TrimStart(" \t").Length];
        var rest = line[leading.Length..];
        if (rest.TrimEnd('\r').Length == 0)
        {
            return rest;
        }

        return rest[0] == '#' ? leading.Replace('\t', ' ') + rest : DashAndTab().Replace(line, "$1 ");
    }

    // '|' or '>' at the end of a line starts a block scalar (YAML 1.2.2 §8.1).
    [GeneratedRegex(@"(?:^|[ \t])[|>][-+0-9]{0,2}[ \t]*(?:[ \t]#.*)?\r?$")]
    private static partial Regex BlockHeader();

    [GeneratedRegex(@"^( *-)\t+")]
    private static partial Regex DashAndTab();
}
