using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Texts;

/// <summary>Converts texts of the specification into the form for clients (rule C7).</summary>
internal static partial class PlainText
{
    /// <summary>Removes invisible characters (controls, format characters such as zero-width and bidirectional marks,
    /// lone surrogates, private use, tags) and collapses white space. Paragraphs stay separate.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes returns U+FFFD for a lone surrogate.
            if (rune.Value == 0xFFFD)
            {
                continue;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(rune.Value == '\n' ? '\n' : ' ');
                continue;
            }

            if (
                Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.Surrogate
                )
            )
            {
                clean.Append(rune.ToString());
            }
        }

        return Paragraphs().Replace(Spaces().Replace(clean.ToString(), " "), "\n").Trim();
    }

    /// <summary>Does the same, and returns one line, for comments.</summary>
    public static string Line(string? text) => Clean(text).Replace('\n', ' ');

    /// <summary>Appends a sentence to a text, and adds a missing full stop between them.</summary>
    public static string Sentence(string text, string more) =>
        text.Length == 0 ? more : text + (text[^1] is '.' or '!' or '?' or '…' ? " " : ". ") + more;

    /// <summary>Marks a text as that of something deprecated. The mark comes first, so that shortening cannot remove
    /// it.</summary>
    public static string Deprecated(string text) =>
        text.Contains("deprecated", StringComparison.OrdinalIgnoreCase)
            ? text
            : Sentence("Deprecated.", text).TrimEnd();

    /// <summary>Shortens a text to <paramref name="limit"/> characters: at the end of a sentence if one is near,
    /// otherwise at the end of a word.</summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var head = text[..(limit - 1)];
        var end = head.LastIndexOf(". ", StringComparison.Ordinal);
        if (end > limit / 2)
        {
            return head[..(end + 1)];
        }

        end = head.LastIndexOf(' ');
        if (end > limit / 2)
        {
            return head[..end] + "…";
        }

        // The cut may be inside a surrogate pair. JSON cannot contain half of one.
        return (char.IsHighSurrogate(head[^1]) ? head[..^1] : head) + "…";
    }

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" ?\n[ \n]*")]
    private static partial Regex Paragraphs();
}
