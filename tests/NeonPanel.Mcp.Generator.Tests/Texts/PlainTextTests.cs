using NeonPanel.Mcp.Generator.Texts;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Texts;

/// <summary>Texts of the specification as clients get them (rule C7).</summary>
internal sealed class PlainTextTests
{
    [TestCase(null, "")]
    [TestCase("", "")]
    [TestCase("  a \t b\u00a0c  ", "a b c")]
    [TestCase("a\r\n\r\n  b", "a\nb")]
    [TestCase("a \n \n b", "a\nb")]
    [TestCase("a\u200b\u202eb\ufeff", "ab", Description = "zero-width and bidirectional marks")]
    [TestCase("a\u0007b\u001b[0m", "ab[0m", Description = "controls")]
    [TestCase("a\ue000b", "ab", Description = "private use")]
    [TestCase("a\udb40\udc41b", "ab", Description = "tags")]
    [TestCase("a\ud800b", "ab", Description = "half of a character")]
    [TestCase("a\ud83d\ude00", "a\ud83d\ude00")]
    [TestCase("a\u2028b", "a b")]
    public void Clean_Text_HasNothingInvisible(string? text, string expected) =>
        Assert.That(PlainText.Clean(text), Is.EqualTo(expected));

    [Test]
    public void Line_OfParagraphs_IsOneLine() => Assert.That(PlainText.Line("a\n\nb\n"), Is.EqualTo("a b"));

    [TestCase("", "B.", "B.")]
    [TestCase("A", "B.", "A. B.")]
    [TestCase("A.", "B.", "A. B.")]
    [TestCase("A!", "B.", "A! B.")]
    [TestCase("A?", "B.", "A? B.")]
    [TestCase("A…", "B.", "A… B.")]
    [TestCase("A:", "B.", "A:. B.")]
    public void Sentence_AfterAText_HasAFullStopBetween(string text, string more, string expected) =>
        Assert.That(PlainText.Sentence(text, more), Is.EqualTo(expected));

    [TestCase("", "Deprecated.")]
    [TestCase("Old id.", "Deprecated. Old id.")]
    [TestCase("This is DEPRECATED: use b.", "This is DEPRECATED: use b.")]
    public void Deprecated_Text_SaysSoFirst(string text, string expected) =>
        Assert.That(PlainText.Deprecated(text), Is.EqualTo(expected));

    [TestCase("12345678", 8, "12345678")]
    [TestCase("123456789", 8, "1234567…")]
    [TestCase("One two. Three four", 13, "One two.", Description = "the end of a sentence is near")]
    [TestCase("One. Two three four", 14, "One. Two…", Description = "the end of a sentence is far")]
    [TestCase("Ab cdefghijklmnopqrst", 14, "Ab cdefghijkl…", Description = "the end of a word is far")]
    [TestCase("Abcdefgh ijklmnop", 14, "Abcdefgh…")]
    public void Cut_LongText_EndsAtASentenceOrAWord(string text, int limit, string expected) =>
        Assert.That(PlainText.Cut(text, limit), Is.EqualTo(expected));

    // JSON cannot hold half of a character (RFC 8259 §8.2).
    [TestCase(6, "\ud83d\ude00\ud83d\ude00…")]
    [TestCase(7, "\ud83d\ude00\ud83d\ude00\ud83d\ude00…")]
    public void Cut_BetweenTheHalvesOfACharacter_LeavesItOut(int limit, string expected) =>
        Assert.That(PlainText.Cut(string.Concat(Enumerable.Repeat("\ud83d\ude00", 9)), limit), Is.EqualTo(expected));

    [TestCase("Target price.", "target_price", true)]
    [TestCase("The number of the target, price", "targetPrice", true)]
    [TestCase("FNSKU code", "FNSKUCode", true)]
    [TestCase("Page 2", "page2", true)]
    [TestCase("Target price in %", "target_price", false)]
    [TestCase("Target price of the item", "target_price", false)]
    [TestCase("", "target_price", false)]
    [TestCase("The", "target_price", false)]
    public void Echo_OfTheName_SaysNoMore(string text, string name, bool expected) =>
        Assert.That(EchoText.Repeats(text, name), Is.EqualTo(expected));

    [Test]
    public void Table_OfTexts_IsEscapedAndEmptyWithoutRows()
    {
        Assert.That(
            MarkdownText.Table(
                ["A", "B"],
                [
                    ["a|b", "<i>\n@me & [x](y)"],
                ]
            ),
            Is.EqualTo("| A | B |\n| --- | --- |\n| a\\|b | &lt;i&gt; @\u2060me &amp; \\[x\\](y) |\n\n")
        );
        Assert.That(MarkdownText.Table(["A"], []), Is.Empty);
    }
}
