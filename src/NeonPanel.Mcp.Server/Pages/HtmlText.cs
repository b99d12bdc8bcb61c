using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>HTML that is safe by the way it is written: <c>Html.Of($"&lt;p&gt;{text}&lt;/p&gt;")</c> takes the literal parts as markup and
/// encodes every value, except those that are <see cref="Html"/> already.</summary>
internal readonly record struct Html(string Markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlBuilder builder) => new(builder.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    public override string ToString() => Markup;
}

/// <summary>What the compiler hands an interpolated string to.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlBuilder(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(Html html) => text.Append(html.Markup);

    public void AppendFormatted(string? value) => text.Append(HtmlText.Encode(value));

    public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}

/// <summary>Text of the specification as HTML text. It may come from anybody.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string? value) => string.IsNullOrEmpty(value) ? "" : Encoder.Encode(Visible(value));

    /// <summary>Writes what could not be seen, or would turn the direction of what follows, as its code point: an encoded
    /// right-to-left mark would still be one in the browser.</summary>
    private static string Visible(string value)
    {
        if (!value.EnumerateRunes().Any(IsUnseen))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        foreach (var rune in value.EnumerateRunes())
        {
            text.Append(IsUnseen(rune) ? $"[U+{rune.Value:X4}]" : rune.ToString());
        }

        return text.ToString();
    }

    private static bool IsUnseen(Rune rune) => rune.Value is not ('\n' or '\t' or '\r') && (Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        // Fillers and selectors, which are letters and marks by category and show nothing.
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF));
}
