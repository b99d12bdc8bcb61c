using NeonPanel.Mcp.Generator.Comparison;
using NUnit.Framework;
using static NeonPanel.Mcp.Generator.Tests.Comparison.SchemaChanges;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The description that a change of one schema gets: the class for an agent, the class for a typed caller, the
/// kind, the place, the sentence, and both values. The member <c>m</c> has the schema on both sides.</summary>
internal sealed class SchemaChangeTests
{
    // The typed client's type of an integer is long, of a number decimal, of an object with members a class.
    private static IEnumerable<TestCaseData> Arguments()
    {
        yield return Row("{}", "{}");
        yield return Row(
            """{"type":"string","description":"One."}""",
            """{"type":"string","description":"Two."}""",
            "Risky Compatible description-changed m: The text of 'm' changed. (\"One.\" > \"Two.\")"
        );
        yield return Row(
            """{"type":"string"}""",
            """{"type":"string","deprecated":true}""",
            "Risky Compatible argument-deprecated m: The argument 'm' is deprecated now. (false > true)"
        );
        yield return Row(
            """{"type":"string","deprecated":true}""",
            """{"type":"string"}""",
            "Additive Compatible argument-undeprecated m: The argument 'm' is deprecated no more. (true > false)"
        );
        yield return Row(
            """{"type":"string","default":"a"}""",
            """{"type":"string","default":"b"}""",
            "Risky Compatible default-changed m: When 'm' is left out, the API takes another value. (\"a\" > \"b\")"
        );
        yield return Row("""{"type":"number","default":1}""", """{"type":"number","default":1.0}""");
        yield return Row(
            """{"type":"number"}""",
            """{"type":"integer"}""",
            "Breaking Breaking type-changed m: The argument 'm' was number and is integer. ({\"type\":\"number\"} > {\"type\":\"integer\"})"
        );
        yield return Row(
            """{"type":"integer"}""",
            """{"type":"number"}""",
            "Additive Breaking type-widened m: The argument 'm' was integer and may be number. ({\"type\":\"integer\"} > {\"type\":\"number\"})"
        );
        yield return Row(
            """{}""",
            """{"type":"string","format":"date"}""",
            "Breaking Breaking type-changed m: The argument 'm' was of any type and is string. ({\"type\":\"any\"} > {\"type\":\"string\",\"format\":\"date\"})"
        );
        yield return Row(
            """{"type":["string","integer"]}""",
            """{"type":["integer","boolean"]}""",
            "Breaking Compatible type-changed m: The argument 'm' was string or integer and is integer or boolean. ({\"type\":\"string or integer\"} > {\"type\":\"integer or boolean\"})"
        );
        yield return Row(
            """{"type":"string","enum":["a","b"]}""",
            """{"type":"string","enum":["c","a"]}""",
            "Additive Compatible enum-widened m: The argument 'm' takes \"c\" too. ([\"a\",\"b\"] > [\"c\",\"a\"])",
            "Breaking Compatible enum-narrowed m: The argument 'm' no longer takes \"b\". ([\"a\",\"b\"] > [\"c\",\"a\"])"
        );
        yield return Row("""{"type":"string","enum":["a","b"]}""", """{"type":"string","enum":["b","a"]}""");
        yield return Row(
            """{"type":"string"}""",
            """{"type":"string","enum":["a","b"]}""",
            "Breaking Compatible enum-narrowed m: The argument 'm' took anything and takes \"a\", \"b\" alone now. (null > [\"a\",\"b\"])"
        );
        yield return Row(
            """{"type":"string","enum":["a"]}""",
            """{"type":"string"}""",
            "Additive Compatible enum-widened m: The argument 'm' takes anything now. ([\"a\"] > null)"
        );
        yield return Row(
            """{"type":"string","pattern":"^a"}""",
            """{"type":"string","pattern":"^b"}""",
            "Breaking Compatible limit-tightened m: The argument 'm' must have the pattern ^b now. (\"^a\" > \"^b\")"
        );
        yield return Row(
            """{"type":"string","format":"date"}""",
            """{"type":"string"}""",
            "Additive Compatible format-loosened m: The argument 'm' has no format any more. (\"date\" > null)"
        );
        // The typed client sends the format byte as a list of bytes, not as a text.
        yield return Row(
            """{"type":"string"}""",
            """{"type":"string","format":"byte"}""",
            "Breaking Breaking format-tightened m: The argument 'm' must have the format byte now. (null > \"byte\")"
        );
        yield return Row(
            """{"type":"integer","minimum":1}""",
            """{"type":"integer","exclusiveMinimum":1}""",
            "Breaking Compatible limit-tightened m: The argument 'm' has another minimum: 1 before, 1 itself excluded now. (1 > 1)"
        );
        yield return Row(
            """{"type":"integer","exclusiveMaximum":9}""",
            """{"type":"integer","maximum":9}""",
            "Additive Compatible limit-loosened m: The argument 'm' has another maximum: 9 itself excluded before, 9 now. (9 > 9)"
        );
        yield return Row(
            """{"type":"integer","minimum":5}""",
            """{"type":"integer","minimum":-5}""",
            "Additive Compatible limit-loosened m: The argument 'm' has another minimum: 5 before, -5 now. (5 > -5)"
        );
        yield return Row(
            """{"type":"integer","maximum":10}""",
            """{"type":"integer"}""",
            "Additive Compatible limit-loosened m: The argument 'm' has another maximum: 10 before, none now. (10 > null)"
        );
        yield return Row("""{"type":"number","maximum":10}""", """{"type":"number","maximum":1e1}""");
        yield return Row(
            """{"type":["string","null"]}""",
            """{"type":"string"}""",
            "Risky Compatible null-lost m: The argument 'm' takes null no more; it may be left out instead. (true > false)"
        );
        yield return Row(
            """{"type":"string"}""",
            """{"type":["string","null"]}""",
            "Additive Compatible null-allowed m: The argument 'm' takes null too. (false > true)"
        );
        yield return Row(
            """{"type":"array","items":{"type":"string"}}""",
            """{"type":"array","items":{"type":"integer"}}""",
            "Breaking Breaking type-changed m[]: The argument 'm[]' was string and is integer. ({\"type\":\"string\"} > {\"type\":\"integer\"})"
        );
        yield return Row(
            """{"type":"array"}""",
            """{"type":"array","items":{"type":"string"}}""",
            "Breaking Breaking type-changed m[]: The argument 'm[]' was of any type and is string. ({\"type\":\"any\"} > {\"type\":\"string\"})"
        );
        yield return Row(
            """{"type":"array","items":{"type":"string"}}""",
            """{"type":"array"}""",
            "Additive Breaking type-widened m[]: The argument 'm[]' was string and may be of any type. ({\"type\":\"string\"} > {\"type\":\"any\"})"
        );
        // An item has no name and cannot be left out.
        yield return Row(
            """{"type":"array","items":{"type":["string","null"]}}""",
            """{"type":"array","items":{"type":"string"}}""",
            "Breaking Breaking null-lost m[]: The argument 'm[]' takes null no more. (true > false)"
        );
        yield return Row(
            AnyA,
            ClosedA,
            "Breaking Compatible members-refused m: 'm' refuses members that are not described. (null > false)"
        );
        yield return Row(
            ClosedA,
            AnyA,
            "Additive Compatible members-allowed m: 'm' takes members that are not described. (false > null)"
        );
        yield return Row(
            AnyA,
            """{"type":"object"}""",
            "Risky Breaking argument-described-less m: The members are no longer described; whether they are still taken, the description does not say. (null > null)"
        );
        yield return Row(
            """{"type":"object","additionalProperties":{"type":"integer"}}""",
            """{"type":"object","additionalProperties":{"type":"string"}}""",
            "Breaking Compatible type-changed m.*: The argument 'm.*' was integer and is string. ({\"type\":\"integer\"} > {\"type\":\"string\"})"
        );
        yield return Row(
            """{"type":"object"}""",
            """{"type":"object","additionalProperties":{"type":"integer"}}""",
            "Breaking Compatible type-changed m.*: The argument 'm.*' was of any type and is integer. ({\"type\":\"any\"} > {\"type\":\"integer\"})"
        );
        yield return Row(
            """{"type":"object","additionalProperties":{"type":"integer"}}""",
            """{"type":"object"}""",
            "Additive Compatible type-widened m.*: The argument 'm.*' was integer and may be of any type. ({\"type\":\"integer\"} > {\"type\":\"any\"})"
        );
        yield return Row(
            AnyA,
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""",
            "Additive Compatible argument-added m.b: The argument 'm.b' is new and may be left out. (null > {\"type\":\"integer\"})"
        );
        yield return Row(
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""",
            AnyA,
            "Breaking Breaking argument-removed m.b: The argument 'm.b' is gone. ({\"type\":\"integer\"} > null)"
        );
        yield return Row(
            """{"type":"object","properties":{"user_id":{"type":"integer","maximum":9}}}""",
            """{"type":"object","properties":{"userId":{"type":"integer","maximum":8}}}""",
            "Breaking Breaking argument-renamed m.user_id: The argument 'm.user_id' is called 'm.userId' now. (\"user_id\" > \"userId\")",
            "Breaking Compatible limit-tightened m.userId: The argument 'm.userId' has another maximum: 9 before, 8 now. (9 > 8)"
        );
        yield return Row(
            """{"type":"object","properties":{"user_id":{"type":"integer"},"user_key":{"type":"integer"}}}""",
            """{"type":"object","properties":{"user":{"type":"integer"}}}""",
            "Additive Compatible argument-added m.user: The argument 'm.user' is new and may be left out. (null > {\"type\":\"integer\"})",
            "Breaking Breaking argument-removed m.user_id: The argument 'm.user_id' is gone. ({\"type\":\"integer\"} > null)",
            "Breaking Breaking argument-removed m.user_key: The argument 'm.user_key' is gone. ({\"type\":\"integer\"} > null)"
        );
        // Two candidates of one type and one word: which of them is meant would be a guess.
        yield return Row(
            """{"type":"object","properties":{"user_id":{"type":"integer"}}}""",
            """{"type":"object","properties":{"id_of_user":{"type":"integer"},"userId":{"type":"integer"}}}""",
            "Additive Compatible argument-added m.id_of_user: The argument 'm.id_of_user' is new and may be left out. (null > {\"type\":\"integer\"})",
            "Additive Compatible argument-added m.userId: The argument 'm.userId' is new and may be left out. (null > {\"type\":\"integer\"})",
            "Breaking Breaking argument-removed m.user_id: The argument 'm.user_id' is gone. ({\"type\":\"integer\"} > null)"
        );
    }

    [TestCaseSource(nameof(Arguments))]
    public void Argument_Change_IsNamedWithPlaceAndValues(string before, string after, string[] expected) =>
        Assert.That(Changes(Body(before), Body(after)), Is.EqualTo(expected));

    [TestCase(
        false,
        true,
        "Breaking Breaking argument-required m: The argument 'm' could be left out and is required now. (false > true)"
    )]
    [TestCase(
        true,
        false,
        "Additive Compatible argument-optional m: The argument 'm' may be left out now. (true > false)"
    )]
    public void Argument_RequiredOrNoLonger_IsNamed(bool before, bool after, string expected) =>
        Assert.That(
            Changes(Body("""{"type":"string"}""", before), Body("""{"type":"string"}""", after)),
            Is.EqualTo(new[] { expected })
        );

    // The typed client's type of a required member loses its question mark.
    [Test]
    public void Argument_RequiredAndNullLost_BreaksTypedCallers() =>
        Assert.That(
            Changes(Body("""{"type":["string","null"]}""", true), Body("""{"type":"string"}""", true)),
            Is.EqualTo(new[] { "Breaking Breaking null-lost m: The argument 'm' takes null no more. (true > false)" })
        );

    [Test]
    public void Arguments_AllGone_AreRemovedOneByOne() =>
        Assert.That(
            Changes(Body("""{"type":"string"}"""), """{"/a":{"post":{"operationId":"a","summary":"A"}}}"""),
            Is.EqualTo(
                new[]
                {
                    "Breaking Breaking argument-removed m: The argument 'm' is gone. ({\"type\":\"string\"} > null)",
                }
            )
        );

    // No word of the two names is the same: only the alias tells that they are one argument.
    [Test]
    public void Argument_RenamedWithAlias_KeepsItsOldName() =>
        Assert.That(
            Changes(
                Query("old"),
                Query("fresh")
                    .Replace(
                        "{\"get\":{",
                        "{\"get\":{\"x-mcp\":{\"argumentAliases\":{\"old\":\"fresh\"}},",
                        StringComparison.Ordinal
                    )
            ),
            Is.EqualTo(
                new[]
                {
                    "Additive Breaking argument-renamed old: The argument 'old' is called 'fresh' now; the old name is still taken. (\"old\" > \"fresh\")",
                }
            )
        );

    [Test]
    public void PathParameters_Renamed_CorrespondByPosition() =>
        Assert.That(
            Changes(
                """{"/a/{x}/{y}":{"get":{"operationId":"a","summary":"A"}}}""",
                """{"/a/{p}/{q}":{"get":{"operationId":"a","summary":"A"}}}"""
            ),
            Is.EqualTo(
                new[]
                {
                    "Breaking Breaking argument-renamed x: The argument 'x' is called 'p' now. (\"x\" > \"p\")",
                    "Breaking Breaking argument-renamed y: The argument 'y' is called 'q' now. (\"y\" > \"q\")",
                }
            )
        );

    // A lock lists the nullable paths; a catalogue leaves them to the texts. The two cannot be compared in this.
    [Test]
    public void Nullability_OfALockAndOfACatalogue_IsNotCompared()
    {
        var published = ToolLock.Write(
            Fragments
                .Paths(
                    """
                    {"/a":{"get":{"operationId":"a","summary":"A",
                      "parameters":[{"name":"m","in":"query","schema":{"type":"string","description":"Never null."}}],
                      "responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object",
                        "properties":{"m":{"type":["string","null"]}}}}}}}}}}
                    """
                )
                .Catalog
        );
        var (toolLock, catalogue) = (Published(published), Published(published));
        catalogue["tools"]![0]!.AsObject().Remove("nullable");
        var (one, other) = (PublishedSide.Read("lock", toolLock), PublishedSide.Read("catalog", catalogue));
        Assert.That(CatalogComparer.Compare(one, other), Is.Empty);
        Assert.That(CatalogComparer.Compare(other, one), Is.Empty);
    }

    // The word "Nullable." of the text for clients is not a change of the text.
    [Test]
    public void NullLost_BetweenLocks_IsOneChange()
    {
        var before = ToolLock.Write(Fragments.Paths(Body("""{"type":["string","null"]}""")).Catalog);
        var after = ToolLock.Write(Fragments.Paths(Body("""{"type":"string"}""")).Catalog);
        Assert.That(
            CatalogComparer
                .Compare(PublishedSide.Read("before", Published(before)), PublishedSide.Read("after", Published(after)))
                .Select(change => change.Kind),
            Is.EqualTo(new[] { ChangeKind.NullLost })
        );
    }

    [TestCase(
        """{"type":"string"}""",
        """{"type":"string","maxLength":5}""",
        "/paths/~1a/post/requestBody/content/application~1json/schema/properties/m/maxLength"
    )]
    [TestCase(
        AnyA,
        """{"type":"object","properties":{"a":{"type":"integer"}}}""",
        "/paths/~1a/post/requestBody/content/application~1json/schema/properties/m/properties/a/type"
    )]
    // A member that is gone is found in the older document.
    [TestCase(
        AnyA,
        """{"type":"object","properties":{"b":{"type":"integer"}}}""",
        "/paths/~1a/post/requestBody/content/application~1json/schema/properties/m/properties/a"
    )]
    public void Argument_Change_PointsAtItsKeyword(string before, string after, string pointer) =>
        Assert.That(Compare(Body(before), Body(after))[0].Pointer, Is.EqualTo(pointer));
}
