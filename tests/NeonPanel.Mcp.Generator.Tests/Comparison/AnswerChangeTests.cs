using NUnit.Framework;
using static NeonPanel.Mcp.Generator.Tests.Comparison.SchemaChanges;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Changes of the schema of an answer.</summary>
internal sealed class AnswerChangeTests
{
    private static IEnumerable<TestCaseData> Answers()
    {
        yield return Row("{}", "{}");
        yield return Row("""{"type":"integer","format":"int32"}""", """{"type":"integer","format":"int64"}""");
        yield return Row(
            "{}",
            """{"type":["string","null"]}""",
            "Additive Breaking answer-type-narrowed m: In the answer 'm' was of any type and is string. ({\"type\":\"any\"} > {\"type\":\"string\"})"
        );
        yield return Row(
            """{"type":"integer"}""",
            """{"type":"string"}""",
            "Risky Breaking answer-type-changed m: In the answer 'm' was integer and is string. ({\"type\":\"integer\"} > {\"type\":\"string\"})"
        );
        yield return Row(
            """{"type":"number"}""",
            """{"type":"integer"}""",
            "Additive Breaking answer-type-narrowed m: In the answer 'm' was number and is integer. ({\"type\":\"number\"} > {\"type\":\"integer\"})"
        );
        yield return Row(
            """{"type":["string","integer"]}""",
            """{"type":["integer","boolean"]}""",
            "Risky Compatible answer-type-changed m: In the answer 'm' was string or integer and is integer or boolean. ({\"type\":\"string or integer\"} > {\"type\":\"integer or boolean\"})"
        );
        yield return Row(
            """{"type":"string"}""",
            """{"type":["string","null"]}""",
            "Risky Compatible answer-nullable m: In the answer 'm' may be null now. (false > true)"
        );
        yield return Row(
            """{"type":["string","null"]}""",
            """{"type":"string"}""",
            "Additive Compatible answer-not-null m: In the answer 'm' is never null any more. (true > false)"
        );
        yield return Row(
            """{"type":"string","enum":["a","b"]}""",
            """{"type":"string","enum":["c","a"]}""",
            "Additive Compatible answer-enum-narrowed m: In the answer 'm' is never \"b\" any more. ([\"a\",\"b\"] > [\"c\",\"a\"])",
            "Risky Compatible answer-enum-widened m: In the answer 'm' may be \"c\" too. ([\"a\",\"b\"] > [\"c\",\"a\"])"
        );
        yield return Row(
            """{"type":"string"}""",
            """{"type":"string","enum":["a","b"]}""",
            "Additive Compatible answer-enum-narrowed m: In the answer 'm' is one of \"a\", \"b\" now. (null > [\"a\",\"b\"])"
        );
        yield return Row(
            """{"type":"string","enum":["a"]}""",
            """{"type":"string"}""",
            "Risky Compatible answer-enum-widened m: In the answer 'm' may be anything now. ([\"a\"] > null)"
        );
        yield return Row(
            """{"type":"string","format":"date"}""",
            """{"type":"string","format":"date-time"}""",
            "Risky Compatible answer-format-changed m: In the answer 'm' had the format date and has the format date-time now. (\"date\" > \"date-time\")"
        );
        yield return Row(
            """{"type":"string"}""",
            """{"type":"string","format":"date"}""",
            "Additive Compatible answer-format-changed m: In the answer 'm' had no format and has the format date now. (null > \"date\")"
        );
        yield return Row(
            """{"type":"array","items":{"type":"string"}}""",
            """{"type":"array","items":{"type":"integer"}}""",
            "Risky Breaking answer-type-changed m[]: In the answer 'm[]' was string and is integer. ({\"type\":\"string\"} > {\"type\":\"integer\"})"
        );
        yield return Row(
            """{"type":"array","items":{"type":"string"}}""",
            """{"type":"array"}""",
            "Risky Breaking answer-type-changed m[]: In the answer 'm[]' was string and is of any type. ({\"type\":\"string\"} > {\"type\":\"any\"})"
        );
        yield return Row(
            AnyA,
            """{"type":"object"}""",
            "Risky Breaking answer-described-less m: The members of 'm' are no longer described. ([\"a\"] > null)"
        );
        yield return Row(
            """{"type":"object","additionalProperties":{"type":"integer"}}""",
            """{"type":"object","additionalProperties":{"type":"string"}}""",
            "Risky Compatible answer-type-changed m.*: In the answer 'm.*' was integer and is string. ({\"type\":\"integer\"} > {\"type\":\"string\"})"
        );
        yield return Row(
            """{"type":"object","additionalProperties":{"type":"integer"}}""",
            """{"type":"object"}""",
            "Risky Compatible answer-type-changed m.*: In the answer 'm.*' was integer and is of any type. ({\"type\":\"integer\"} > {\"type\":\"any\"})"
        );
        yield return Row(
            """{"type":"object"}""",
            """{"type":"object","additionalProperties":{"type":"integer"}}""",
            "Additive Compatible answer-type-narrowed m.*: In the answer 'm.*' was of any type and is integer. ({\"type\":\"any\"} > {\"type\":\"integer\"})"
        );
        yield return Row(
            AnyA,
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""",
            "Additive Compatible answer-member-added m.b: The answer has 'm.b' too. (null > {\"type\":\"integer\"})"
        );
        yield return Row(
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""",
            AnyA,
            "Risky Breaking answer-member-removed m.b: The answer has no 'm.b' any more. ({\"type\":\"integer\"} > null)"
        );
    }

    [TestCaseSource(nameof(Answers))]
    public void Answer_Change_IsNamedWithPlaceAndValues(string before, string after, string[] expected) =>
        Assert.That(Changes(Answer(Member(before)), Answer(Member(after))), Is.EqualTo(expected));

    // A long may be missing (long?) or not (long): two types in C#. A string is one type.
    [TestCase(
        "string",
        false,
        true,
        "Additive Compatible answer-required m: The answer has 'm' always. (false > true)"
    )]
    [TestCase("integer", false, true, "Additive Breaking answer-required m: The answer has 'm' always. (false > true)")]
    [TestCase(
        "string",
        true,
        false,
        "Risky Breaking answer-optional m: The answer has 'm' no longer always. (true > false)"
    )]
    public void Answer_RequiredOrNoLonger_IsNamed(string type, bool before, bool after, string expected)
    {
        var schema = $$"""{"type":"{{type}}"}""";
        Assert.That(
            Changes(Answer(Member(schema, before)), Answer(Member(schema, after))),
            Is.EqualTo(new[] { expected })
        );
    }

    [Test]
    public void Answer_WithoutMembersBefore_HasMembersNow() =>
        Assert.That(
            Changes(Answer("""{"type":"object"}"""), Answer(Member("""{"type":"string"}"""))),
            Is.EqualTo(
                new[]
                {
                    "Additive Compatible answer-member-added m: The answer has 'm' too. (null > {\"type\":\"string\"})",
                }
            )
        );

    [Test]
    public void Answer_WithoutACommonMember_IsAnotherAnswer() =>
        Assert.That(
            Changes(
                Answer("""{"type":"object","properties":{"a":{},"b":{}}}"""),
                Answer("""{"type":"object","properties":{"c":{"type":"string"}}}""")
            ),
            Is.EqualTo(
                new[]
                {
                    "Risky Breaking answer-replaced : The answer is another one: it had a, b, and has c now. ([\"a\",\"b\"] > [\"c\"])",
                }
            )
        );
}
