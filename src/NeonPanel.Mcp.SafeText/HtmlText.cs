using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace NeonPanel.Mcp.SafeText;

/// <summary>HTML that is safe by construction: <c>Html.Of($"&lt;p&gt;{text}&lt;/p&gt;")</c> uses the literal parts as
/// markup and encodes every value, except values that are already <see cref="Html"/>.</summary>
public readonly record struct Html(string Markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlBuilder builder) => new(builder.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    public override string ToString() => Markup;
}

/// <summary>The handler to which the compiler passes the parts of an interpolated string.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlBuilder(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(Html html) => text.Append(html.Markup);

    public void AppendFormatted(string? value) => text.Append(HtmlText.Encode(value));

    public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}

/// <summary>Encodes untrusted text, such as texts of the specification, as HTML. It also makes invisible characters
/// visible, because an encoded right-to-left mark would still take effect in the browser.</summary>
public static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string? value) =>
        string.IsNullOrEmpty(value) ? "" : Encoder.Encode(VisibleText.Of(value));
}
