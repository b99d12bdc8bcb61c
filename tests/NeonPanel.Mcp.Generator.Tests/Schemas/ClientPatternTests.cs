using NeonPanel.Mcp.Generator.Schemas;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Schemas;

/// <summary>Patterns in the form that the <c>u</c> flag of ECMA 262 accepts (JSON Schema 2020-12, core §6.4). Node 20
/// compiles each expected pattern with the flag, and it finds the same texts as the pattern of the document without the
/// flag.</summary>
internal sealed class ClientPatternTests
{
    // ECMA 262 §22.2.1, IdentityEscape: with the flag only syntax characters and '/' may be escaped.
    [TestCase(@"^rule\-2\.x$", @"^rule-2\.x$")]
    [TestCase(@"^[a-z\_\@\:]+\_\:\@$", "^[a-z_@:]+_:@$")]
    [TestCase(@"a\ b\#\,\=\!\<\>\&\%\~\'\""", "a b#,=!<>&%~'\"")]
    // Inside of brackets '-' may be escaped as well, and a class of characters bounds no range.
    [TestCase(@"^[\w-\.]+$", @"^[\w\-\.]+$")]
    [TestCase(@"[a-\d]", @"[a\-\d]")]
    [TestCase(@"[\d-x-z]", @"[\d\-x\-z]")]
    [TestCase(@"[\b\/-]", @"[\b\/-]")]
    // A bracket or brace that opens nothing is a character.
    [TestCase("^{[a-z]+}$", @"^\{[a-z]+\}$")]
    [TestCase("a]b", @"a\]b")]
    public void Of_WhatTheFlagForbids_IsWrittenAnotherWay(string pattern, string expected) =>
        Assert.That(ClientPattern.Of(pattern), Is.EqualTo(expected));

    [TestCase(@"^\p{Lu}\d{3}\/x$")]
    [TestCase(@"^[\-\.\w]+$")]
    [TestCase(@"^(?<year>\d{4})-\k<year>(?:a|b)?(?=c)(?!d)(?<=e)(?<!f)\1$")]
    [TestCase(@"^[^\s\p{L}\u0000-\u001F]{1,255}?\b\B\cA\0\x41\u{1F600}$")]
    [TestCase(@"[+--][a-z-9][]$")]
    [TestCase("^\U0001F600[\U0001F600-\U0001F64F]$")]
    [TestCase("")]
    public void Of_WhatTheFlagAccepts_StaysAsItIs(string pattern) =>
        Assert.That(ClientPattern.Of(pattern), Is.EqualTo(pattern));

    [TestCase("([a-z")]
    [TestCase("a)")]
    [TestCase("[z-a]")]
    [TestCase("a**")]
    [TestCase("a++")]
    [TestCase("^*")]
    [TestCase("(?=a)*")]
    [TestCase("a{3,1}")]
    [TestCase("a{,3}")]
    [TestCase("(?i)^a$")]
    [TestCase("(?>a)")]
    [TestCase(@"\Aa\z")]
    [TestCase(@"\Qa\E")]
    [TestCase(@"\e\h")]
    [TestCase(@"\07")]
    [TestCase(@"(a)\2")]
    [TestCase(@"\k<none>")]
    [TestCase("(?<a>b)(?<a>c)")]
    [TestCase("(?<1>b)")]
    [TestCase("[[:alpha:]]")]
    [TestCase(@"\pL")]
    [TestCase(@"\p{IsGreek}")]
    [TestCase(@"\u{110000}")]
    [TestCase("a\\")]
    public void Of_PatternOfAnotherDialect_IsLeftOut(string pattern) => Assert.That(ClientPattern.Of(pattern), Is.Null);

    [TestCase("dash", @"^rule-2\.x$")]
    [TestCase("signs", "^[a-z_@:]+_:@$")]
    [TestCase("inClass", @"^[\-\.\w]+$")]
    [TestCase("fine", @"^\p{Lu}\d{3}\/x$")]
    public void Case_Patterns_CompileWithTheFlag(string argument, string expected) =>
        Assert.That(
            Fragments.Case("patterns.json").Catalog.Tools.Single().InputSchema["properties"]![argument]![
                "pattern"
            ]!.ToString(),
            Is.EqualTo(expected)
        );
}
