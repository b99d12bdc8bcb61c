using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Emission;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The verdicts are those of V8, with the flag <c>u</c>.</summary>
internal sealed class EcmaPatternTests
{
    [TestCase("^[A-Z]{3}$", new[] { "USD" }, new[] { "USD\n", "usd", "xUSD" })]
    [TestCase("^\\d+$", new[] { "12" }, new[] { "\u0661\u0662", "" })]
    [TestCase("\\D", new[] { "\u0661" }, new[] { "1" })]
    [TestCase("^\\w+$", new[] { "a_1" }, new[] { "\u00e9", "\u017f" })]
    [TestCase("^\\W$", new[] { "\u00e9", "\ud83d\ude00" }, new[] { "_" })]
    [TestCase("^\\s$", new[] { " ", "\ufeff", "\u00a0" }, new[] { "\u0085", "\u180e" })]
    [TestCase("^\\S{2}$", new[] { "\ud83d\ude00a", "\u0085a" }, new[] { "a\ufeff" })]
    [TestCase(
        "^.{1,3}$",
        new[] { "abc", "\ud83d\ude00\ud83d\ude00\ud83d\ude00" },
        new[] { "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00", "a\nb", "a\u2028" }
    )]
    [TestCase("^[^a]{2}$", new[] { "\ud83d\ude00b", "\n\n" }, new[] { "\ud83d\ude00", "ab" })]
    [TestCase("^[a-z.\\-\\d]+$", new[] { "a-1." }, new[] { "A" })]
    [TestCase("^[\\^$.|?*+()\\[\\]{}\\\\/]+$", new[] { "^$.|?*+()[]{}\\/" }, new[] { "a" })]
    [TestCase("^[$.]+$", new[] { "$." }, new[] { "a" })]
    [TestCase("^\\u00e4\\x41\\t$", new[] { "\u00e4A\t" }, new[] { "aA\t" })]
    [TestCase("^a{2,}b{0,1}$", new[] { "aaa" }, new[] { "ab" })]
    [TestCase("^(?:a|b)(c)\\1$", new[] { "acc" }, new[] { "abc" })]
    [TestCase("^(?=.*\\d)(?!.*x).{4,}$", new[] { "abc1" }, new[] { "abcd", "xbc1" })]
    [TestCase("^$", new[] { "" }, new[] { "\n" })]
    [TestCase("[]", new string[0], new[] { "", "a" })]
    [TestCase("^[^]$", new[] { "a", "\n" }, new[] { "" })]
    [TestCase("^\\/a\\.b$", new[] { "/a.b" }, new[] { "/acb" })]
    [TestCase("\\bfoo\\b", new[] { "a foo b" }, new[] { "afoo" })]
    [TestCase("^[\\w.-]+@[\\w-]+$", new[] { "a.b-c@d-e" }, new[] { "a b@c" })]
    [TestCase("^\ud83d\ude00{2}$", new[] { "\ud83d\ude00\ud83d\ude00" }, new[] { "\ud83d\ude00" })]
    [TestCase("^\\x7e\\u{41}\\u{1F}$", new[] { "~A\u001f" }, new[] { "~A" })]
    [TestCase("^\\ud7ff\\ue000$", new[] { "\ud7ff\ue000" }, new[] { "\ud7ff" })]
    [TestCase("^\\0$", new[] { "\0" }, new[] { "0" })]
    [TestCase("^\\cA\\cz$", new[] { "\u0001\u001a" }, new[] { "cAcz" })]
    [TestCase("^\\n\\v\\f\\r$", new[] { "\n\v\f\r" }, new[] { "nvfr" })]
    [TestCase("^[\\b\\n]$", new[] { "\b", "\n" }, new[] { "b" })]
    [TestCase("^[a\\-z]+$", new[] { "a-z" }, new[] { "b" })]
    [TestCase("^[-a]+$", new[] { "-a" }, new[] { "b" })]
    [TestCase("^[a-]+$", new[] { "a-" }, new[] { "b" })]
    [TestCase("^[\\d-]+$", new[] { "1-2" }, new[] { "a" })]
    [TestCase("^[-\\d]+$", new[] { "-1" }, new[] { "a" })]
    [TestCase("^[[a]+$", new[] { "[a" }, new[] { "b" })]
    [TestCase("^[a-c[]+$", new[] { "b[" }, new[] { "d" })]
    [TestCase("^[^\\d]$", new[] { "a", "\ud83d\ude00" }, new[] { "1" })]
    [TestCase("^[^[]$", new[] { "a" }, new[] { "[" })]
    [TestCase("^[\\w\\s]+$", new[] { "a 1_\u2003" }, new[] { "-" })]
    [TestCase("^[a^]+$", new[] { "a^" }, new[] { "b" })]
    [TestCase("a{2}b{1,2}", new[] { "aab", "aabb" }, new[] { "ab" })]
    [TestCase("^(?:ab){0}$", new[] { "" }, new[] { "ab" })]
    [TestCase("^(?<=a)b|(?<!c)d$", new[] { "d", "xd" }, new[] { "b", "cd" })]
    [TestCase("^(?!a)b(?=c)c$", new[] { "bc" }, new[] { "ac" })]
    [TestCase("o\\B", new[] { "foob" }, new[] { "fo" })]
    [TestCase("^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10$", new[] { "abcdefghijj" }, new[] { "abcdefghija0" })]
    [TestCase("^\\$\\{\\}\\.$", new[] { "${}." }, new[] { "$$$." })]
    [TestCase("^a|b$", new[] { "ax", "xb" }, new[] { "xa", "bx" })]
    [TestCase("^\ud83d\ude00a?$", new[] { "\ud83d\ude00", "\ud83d\ude00a" }, new[] { "a" })]
    public void Translate_Pattern_MatchesWhatEcma262Matches(string pattern, string[] matching, string[] others)
    {
        var expression = EcmaPattern.Translate(pattern);
        Assert.That(expression, Is.Not.Null);
        Assert.That(matching.Where(text => !Regex.IsMatch(text, expression!)), Is.Empty);
        Assert.That(others.Where(text => Regex.IsMatch(text, expression!)), Is.Empty);
    }

    [TestCase("^[^a].\\S\\D\\W{3}$")]
    [TestCase("^(a+)+$")]
    public void Translate_PatternThatLooksNeitherBackNorAround_RunsInLinearTime(string pattern) =>
        Assert.That(() => new Regex(EcmaPattern.Translate(pattern)!, RegexOptions.NonBacktracking), Throws.Nothing);

    [TestCase("(")]
    [TestCase("[b-a]")]
    [TestCase("\\")]
    [TestCase("\\p{L}")]
    [TestCase("(?i)a")]
    [TestCase("(?#b)a")]
    [TestCase("(?<name>a)")]
    [TestCase("[\ud83d\ude00]")]
    [TestCase("[.-\\w]")]
    [TestCase("[\\D]")]
    [TestCase("\\ud83d")]
    [TestCase("(a{200}){200}")]
    [TestCase("a{99999999999999999999}")]
    [TestCase("\\u{D800}")]
    [TestCase("\\u{DFFF}")]
    [TestCase("\\u{1F600}")]
    [TestCase("\\u{110000}")]
    [TestCase("\\u12")]
    [TestCase("\\x4")]
    [TestCase("(?>a)")]
    [TestCase("(?=a")]
    [TestCase("[a")]
    [TestCase("[\\")]
    [TestCase("[\\S]")]
    [TestCase("[\\W]")]
    [TestCase("[\\B]")]
    [TestCase("[\\e]")]
    [TestCase("[a-\\d]")]
    [TestCase("[a-\\s]")]
    [TestCase("\\e")]
    [TestCase("\\01")]
    [TestCase("\\8")]
    [TestCase("\\c1")]
    [TestCase("\\c")]
    [TestCase("(?<n>a)\\k<n>")]
    [TestCase("(a{100}){101}")]
    [TestCase("a{5,10001}")]
    [TestCase("a{10001,}")]
    public void Translate_WhatDotNetCannotSayWithoutDoubt_IsLeftToTheApi(string pattern) =>
        Assert.That(EcmaPattern.Translate(pattern), Is.Null);

    [TestCase(2000, true)]
    [TestCase(2001, false)]
    public void Translate_VeryLongPattern_IsLeftToTheApi(int length, bool isTranslated) =>
        Assert.That(EcmaPattern.Translate(new string('a', length)) is not null, Is.EqualTo(isTranslated));

    [TestCase("(a{100}){100}")]
    [TestCase("a{10000}")]
    [TestCase("a{5,10000}")]
    [TestCase("(a{0}){10000}")]
    public void Translate_MostRepetitions_AreTranslated(string pattern) =>
        Assert.That(EcmaPattern.Translate(pattern), Is.EqualTo(pattern));

    [Test]
    public void Emit_Pattern_IsWrittenInBothSyntaxes() =>
        Assert.That(
            ValueShapeEmitter.Emit(new() { Types = ["string"], Pattern = "^a$" }),
            Is.EqualTo("""new() { Kinds = ValueKinds.String, Pattern = "^a$", Expression = "^a\\z" }""")
        );

    [Test]
    public void Emit_LimitsOfMembers_AreChecked() =>
        Assert.That(
            Fragments.Member("""{"type":"object","minProperties":1,"maxProperties":3}""").ToJsonString(),
            Is.EqualTo("""{"type":"object","minProperties":1,"maxProperties":3}""")
        );
}
