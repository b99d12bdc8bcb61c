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
    public void Translate_WhatDotNetCannotSayWithoutDoubt_IsLeftToTheApi(string pattern) =>
        Assert.That(EcmaPattern.Translate(pattern), Is.Null);

    [Test]
    public void Translate_VeryLongPattern_IsLeftToTheApi() =>
        Assert.That(EcmaPattern.Translate(new string('a', 2001)), Is.Null);

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
