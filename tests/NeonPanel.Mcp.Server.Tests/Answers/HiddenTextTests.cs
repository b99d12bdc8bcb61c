using NeonPanel.Mcp.SafeText;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Two corpora: text that people write passes unchanged; characters that hide something are shown.</summary>
internal sealed class HiddenTextTests
{
    [TestCase("שלום עולם, מחיר 12.50 ₪", Description = "Hebrew")]
    [TestCase("שָׁלוֹם", Description = "Hebrew with vowel points")]
    [TestCase("מוצר A-100\u200F (חדש)", Description = "Hebrew with a mark of direction")]
    [TestCase("مرحبا بالعالم ١٢٣٤٥", Description = "Arabic with its digits")]
    [TestCase("می\u200Cخواهم کتاب\u200Cها", Description = "Persian with non-joiners")]
    [TestCase("क्\u200Dष श्\u200Dर", Description = "Hindi with joiners")]
    [TestCase("ශ්\u200Dරී ලංකා", Description = "Sinhala with a joiner")]
    [TestCase("ภาษา\u200Bไทย", Description = "Thai with zero width spaces")]
    [TestCase("ខ្មែរ\u200Bភាសា", Description = "Khmer with zero width spaces")]
    [TestCase("🇺🇸 🇩🇪 🇮🇱", Description = "flags of countries")]
    [TestCase("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", Description = "flag of England")]
    [TestCase("🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F!", Description = "flag of Scotland")]
    [TestCase("👨\u200D👩\u200D👧\u200D👦", Description = "family")]
    [TestCase("👩🏽\u200D🚀 ❤\uFE0F\u200D🔥 🏳\uFE0F\u200D🌈", Description = "sequences of emoji")]
    [TestCase("1\uFE0F\u20E3 #\uFE0F\u20E3 ©\uFE0F ™\uFE0F ☎\uFE0E ↔\uFE0F", Description = "keycaps and styles")]
    [TestCase("葛\U000E0100城市 漢字かなカナ한국어", Description = "CJK with a variant of a glyph")]
    [TestCase("Ελληνικά Русский Tiếng Việt ქართული", Description = "other scripts")]
    [TestCase("“quotes” – dash — … 5 µm ½ 10 € £3 25 °C", Description = "punctuation and units")]
    [TestCase("a\tb\nc\r\nd", Description = "white space")]
    [TestCase("\u00A0\u2009\u202F1\u00A0000,00", Description = "spaces that are visible as spaces")]
    [TestCase("e\u0301 o\u0308 \u1E9B", Description = "combining marks")]
    [TestCase("\uE000\uF8FF \U0001FAE9", Description = "private use, and a new emoji")]
    [TestCase("⠓⠑⠇⠇⠕\u2800⠺⠕⠗⠇⠙", Description = "Braille with its space")]
    [TestCase("ᠮᠣᠩᠭᠣᠯ\u180E ᠠ\u180B", Description = "Mongolian with selectors")]
    public void Of_TextThatPeopleWrite_IsUnchanged(string text) => Assert.That(HiddenText.Of(text), Is.EqualTo(text));

    [TestCase("Lamp\u202Egpj.exe", "Lamp[U+202E]gpj.exe")]
    [TestCase("\u2066a\u2069\u202Ab\u202C", "[U+2066]a[U+2069][U+202A]b[U+202C]")]
    [TestCase("pay\u200Bpal", "pay[U+200B]pal")]
    [TestCase("a\u200Cb\u200Dc", "a[U+200C]b[U+200D]c")]
    [TestCase("12\u200D34", "12[U+200D]34")]
    [TestCase("\uFEFFx\u2060y\u00ADz", "[U+FEFF]x[U+2060]y[U+00AD]z")]
    [TestCase("\u200EA-100\u200F", "[U+200E]A-100[U+200F]")]
    [TestCase("שלום\u200F\u200E\u200F", "שלום[U+200F][U+200E][U+200F]")]
    [TestCase("a\U000E0069\U000E0067", "a[U+E0069][U+E0067]")]
    [TestCase(
        "🏴\U000E0069\U000E0067\U000E006E\U000E006F\U000E0072\U000E007F",
        "🏴[U+E0069][U+E0067][U+E006E][U+E006F][U+E0072][U+E007F]"
    )]
    [TestCase("😀\uFE00\uFE01\uFE0F", "😀\uFE00[U+FE01][U+FE0F]")]
    [TestCase("A\uFE0F5\uFE0F", "A[U+FE0F]5[U+FE0F]")]
    [TestCase("x\U000E0100\U000E0101", "x[U+E0100][U+E0101]")]
    [TestCase("\u3164\uFFA0\u115F\u1160", "[U+3164][U+FFA0][U+115F][U+1160]")]
    [TestCase("a\u2800b", "a[U+2800]b")]
    [TestCase("a\u0007\u001B[31m\u007F\u0085", "a[U+0007][U+001B][31m[U+007F][U+0085]")]
    [TestCase("\u2061\u206F\uFFF9", "[U+2061][U+206F][U+FFF9]")]
    [TestCase("a\u034F\u061Cb", "a[U+034F][U+061C]b")]
    public void Of_HiddenCharacters_AreShown(string text, string expected) =>
        Assert.That(HiddenText.Of(text), Is.EqualTo(expected));
}
