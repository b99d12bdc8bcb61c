using System.Net;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Texts;

/// <summary>Converts texts with HTML into plain text: paragraphs stay separate, list items keep a dash, links keep
/// their text, and entities are decoded. Models do not render markup, so it only costs tokens.</summary>
internal static partial class HtmlTexts
{
    /// <summary>Returns the text without markup. A text without a known tag is unchanged, because <c>&lt;id&gt;</c> is
    /// a placeholder.</summary>
    public static string Plain(string text)
    {
        // Between Markdown's code marks, markup is part of the content.
        var parts = text.Split('`');
        return parts.Length % 2 == 0
            ? Part(text)
            : string.Join('`', parts.Select((part, index) => index % 2 == 0 ? Part(part) : part));
    }

    private static string Part(string text)
    {
        if (text.Contains('<', StringComparison.Ordinal) && AnyTag().IsMatch(text))
        {
            // In HTML, line ends are ordinary white space.
            text = Hidden().Replace(text, " ");
            text = Pre().IsMatch(text) ? text : LineEnds().Replace(text, " ");
            text = Item().Replace(text, "\n- ");
            text = Cell().Replace(text, " | ");
            text = Block().Replace(text, "\n");
            text = AnyTag().Replace(text, "");
        }

        return text.Contains('&', StringComparison.Ordinal) && Entity().IsMatch(text) ? Decoded(text) : text;
    }

    // Only entities with a semicolon are decoded, because "&" in the query of an address may look like one without it.
    private static string Decoded(string text) => Entity().Replace(text, match => WebUtility.HtmlDecode(match.Value));

    [GeneratedRegex(
        @"<!--.*?-->|<(script|style)\b[^>]*>.*?</\1\s*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<pre\b", RegexOptions.IgnoreCase)]
    private static partial Regex Pre();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\s*<(?:li|dt)(?:\s[^<>]*)?>\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Item();

    [GeneratedRegex(@"\s*</t[dh]\s*>\s*(?=<t[dh]\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Cell();

    [GeneratedRegex(
        @"[ \t]*</?(?:p|br|div|ul|ol|dl|dd|h[1-6]|table|thead|tbody|tfoot|tr|pre|blockquote|hr|section|article|header|footer|details|summary)(?:\s[^<>]*)?/?>[ \t]*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Block();

    // The elements that occur in texts of APIs. Another name in angle brackets is a placeholder.
    [GeneratedRegex(
        @"</?(?:a|abbr|article|b|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figure|font|footer|h[1-6]|header|hr|i|img|ins|kbd|label|li|mark|nobr|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex AnyTag();

    [GeneratedRegex(@"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")]
    private static partial Regex Entity();
}
