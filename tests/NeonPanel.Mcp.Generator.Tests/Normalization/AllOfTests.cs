using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Normalization;

/// <summary>Parts that all hold (<c>allOf</c>): JSON Schema 2020-12, core §10.2.1.1. A value must pass every part, so
/// the merged schema accepts what all of them accept, in whatever order they stand.</summary>
internal sealed class AllOfTests
{
    [TestCase("{\"type\":\"number\"}", "{\"type\":\"integer\"}", "{\"type\":\"integer\"}")]
    [TestCase("{\"type\":[\"string\",\"integer\"]}", "{\"type\":[\"boolean\",\"integer\"]}", "{\"type\":\"integer\"}")]
    [TestCase("{\"type\":\"integer\"}", "{\"enum\":[1,2]}", "{\"type\":\"integer\",\"enum\":[1,2]}")]
    [TestCase(
        "{\"type\":\"string\",\"nullable\":true}",
        "{\"minLength\":2}",
        "{\"type\":\"string\",\"description\":\"Nullable.\",\"minLength\":2}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"enum\":[\"a\",\"b\",\"c\"]}",
        "{\"enum\":[\"d\",\"b\"]}",
        "{\"type\":\"string\",\"enum\":[\"b\"]}"
    )]
    [TestCase(
        "{\"type\":\"string\",\"enum\":[\"a\",\"b\",\"c\"]}",
        "{\"const\":\"b\"}",
        "{\"type\":\"string\",\"enum\":[\"b\"]}"
    )]
    [TestCase("{\"type\":\"string\"}", "{\"format\":\"date\"}", "{\"type\":\"string\",\"format\":\"date\"}")]
    [TestCase("{\"type\":\"string\"}", "{\"pattern\":\"^a\"}", "{\"type\":\"string\",\"pattern\":\"^a\"}")]
    [TestCase("{\"type\":\"number\",\"minimum\":1}", "{\"minimum\":10}", "{\"type\":\"number\",\"minimum\":10}")]
    [TestCase("{\"type\":\"number\",\"minimum\":-10}", "{\"minimum\":-9.5}", "{\"type\":\"number\",\"minimum\":-9.5}")]
    [TestCase("{\"type\":\"number\",\"minimum\":9}", "{\"minimum\":1e1}", "{\"type\":\"number\",\"minimum\":1e1}")]
    [TestCase("{\"type\":\"number\",\"minimum\":1e400}", "{\"minimum\":10}", "{\"type\":\"number\",\"minimum\":1e400}")]
    [TestCase("{\"type\":\"number\",\"maximum\":100}", "{\"maximum\":50}", "{\"type\":\"number\",\"maximum\":50}")]
    [TestCase(
        "{\"type\":\"number\",\"minimum\":5}",
        "{\"exclusiveMinimum\":5}",
        "{\"type\":\"number\",\"exclusiveMinimum\":5}"
    )]
    [TestCase("{\"type\":\"number\",\"minimum\":6}", "{\"exclusiveMinimum\":5}", "{\"type\":\"number\",\"minimum\":6}")]
    [TestCase(
        "{\"type\":\"number\",\"minimum\":5}",
        "{\"minimum\":5,\"exclusiveMinimum\":true}",
        "{\"type\":\"number\",\"exclusiveMinimum\":5}"
    )]
    [TestCase(
        "{\"type\":\"number\",\"maximum\":5}",
        "{\"exclusiveMaximum\":5}",
        "{\"type\":\"number\",\"exclusiveMaximum\":5}"
    )]
    [TestCase("{\"type\":\"number\",\"maximum\":4}", "{\"exclusiveMaximum\":5}", "{\"type\":\"number\",\"maximum\":4}")]
    [TestCase(
        "{\"type\":\"number\",\"multipleOf\":4}",
        "{\"multipleOf\":6}",
        "{\"type\":\"number\",\"multipleOf\":12}"
    )]
    [TestCase(
        "{\"type\":\"number\",\"multipleOf\":0.1}",
        "{\"multipleOf\":0.25}",
        "{\"type\":\"number\",\"multipleOf\":0.5}"
    )]
    [TestCase("{\"type\":\"string\",\"minLength\":2}", "{\"minLength\":3}", "{\"type\":\"string\",\"minLength\":3}")]
    [TestCase("{\"type\":\"string\",\"maxLength\":9}", "{\"maxLength\":8}", "{\"type\":\"string\",\"maxLength\":8}")]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":1}",
        "{\"minItems\":2}",
        "{\"type\":\"array\",\"minItems\":2,\"items\":{\"type\":\"string\"}}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":1}",
        "{\"maxItems\":2}",
        "{\"type\":\"array\",\"maxItems\":1,\"items\":{\"type\":\"string\"}}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
        "{\"uniqueItems\":true}",
        "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
        "{\"items\":{\"maxLength\":20}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":20}}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"minProperties\":1}",
        "{\"minProperties\":2}",
        "{\"type\":\"object\",\"minProperties\":2}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"maxProperties\":5}",
        "{\"maxProperties\":3}",
        "{\"type\":\"object\",\"maxProperties\":3}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}",
        "{\"additionalProperties\":{\"minimum\":0}}",
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\",\"minimum\":0}}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
        "{\"required\":[\"a\"]}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":1}}}",
        "{\"properties\":{\"a\":{\"minimum\":2}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":2}}}"
    )]
    public void AllOf_TwoParts_AcceptsWhatBothAccept(string first, string second, string expected)
    {
        Assert.That(Merged(first, second), Is.EqualTo(expected));
        Assert.That(Merged(second, first), Is.EqualTo(expected));
        // One part beside allOf is the same as two parts inside.
        var beside = JsonNode.Parse(first)!.AsObject();
        beside["allOf"] = new JsonArray(JsonNode.Parse(second));
        Assert.That(Fragments.Member(beside.ToJsonString()).ToJsonString(), Is.EqualTo(expected));
    }

    // The order decides nothing but texts and defaults: the first part is the nearer one.
    [TestCase("{\"description\":\"First\"}", "{\"description\":\"Second\"}", "First")]
    [TestCase("{}", "{\"description\":\"Second\"}", "Second")]
    public void AllOf_Descriptions_FirstOneCounts(string first, string second, string expected) =>
        Assert.That(JsonNode.Parse(Merged(first, second))!["description"]!.ToString(), Is.EqualTo(expected));

    [Test]
    public void AllOf_Deprecated_IsKeptFromEitherPart([Values("{}", "{\"deprecated\":true}")] string first) =>
        Assert.That(Merged(first, first == "{}" ? "{\"deprecated\":true}" : "{}"), Does.Contain("Deprecated."));

    // ECMA 262 lookahead: both patterns must match from the beginning of the text.
    [TestCase("^[a-z]+$", "^.{3}$", "^(?=[a-z]+$).{3}$")]
    [TestCase("^a(b|c)", "^[|]d", "^(?=a(b|c))[|]d")]
    public void AllOf_AnchoredPatterns_BecomeOnePattern(string first, string second, string expected) =>
        Assert.That(
            JsonNode.Parse(Merged(Pattern(first), Pattern(second)))!["pattern"]!.ToString(),
            Is.EqualTo(expected)
        );

    [TestCase("^a", "b$")]
    [TestCase("^a|b", "^c")]
    [TestCase("^a", "^(b)\\1")]
    public void AllOf_PatternsThatCannotBeOne_NameTheSecondInTheText(string first, string second)
    {
        var merged = JsonNode.Parse(Merged(Pattern(first), Pattern(second)))!;
        Assert.That(merged["pattern"]!.ToString(), Is.EqualTo(first));
        Assert.That(merged["description"]!.ToString(), Is.EqualTo($"Must also match {second}."));
    }

    // By the letter nothing passes; an argument that accepts nothing has no use.
    [TestCase("{\"type\":\"string\"}", "{\"type\":\"integer\"}", "{\"type\":\"string\"}")]
    [TestCase("{\"enum\":[\"a\"]}", "{\"enum\":[\"b\"]}", "{\"type\":\"string\",\"enum\":[\"a\"]}")]
    public void AllOf_PartsThatContradict_LeaveTheFirst(string first, string second, string expected) =>
        Assert.That(Merged(first, second), Is.EqualTo(expected));

    // OpenAPI 3.1 allows both keywords beside each other; the tighter bound counts.
    [TestCase("{\"type\":\"number\",\"minimum\":5,\"exclusiveMinimum\":3}", "{\"type\":\"number\",\"minimum\":5}")]
    [TestCase("{\"type\":\"number\",\"maximum\":5,\"exclusiveMaximum\":7}", "{\"type\":\"number\",\"maximum\":5}")]
    [TestCase(
        "{\"type\":\"number\",\"minimum\":3,\"exclusiveMinimum\":5}",
        "{\"type\":\"number\",\"exclusiveMinimum\":5}"
    )]
    public void Member_BothKindsOfBound_TighterOneCounts(string schema, string expected) =>
        Assert.That(Fragments.Member(schema).ToJsonString(), Is.EqualTo(expected));

    // A member that each alternative requires is required, wherever it is declared.
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"anyOf\":[{\"required\":[\"a\"]},{\"required\":[\"a\",\"b\"]}]}",
        "[\"a\"]"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"anyOf\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}",
        null
    )]
    public void AnyOf_RequiredInEachAlternative_IsRequired(string schema, string? expected) =>
        Assert.That(Fragments.Member(schema)["required"]?.ToJsonString(), Is.EqualTo(expected));

    [TestCase("requiredInPart", "")]
    [TestCase("requiredOutside", "")]
    [TestCase("requiredBelow", "item")]
    public void Case_RequiredInAnotherPart_IsRequired(string tool, string member)
    {
        var schema = Tool("all-of-required.json", tool);
        var holder = member.Length == 0 ? schema : schema["properties"]![member]!;
        Assert.That(holder["required"]!.ToJsonString(), Is.EqualTo("[\"name\"]"));
    }

    [Test]
    public void Case_EnumAndRangeOfBoth_AreIntersected()
    {
        var properties = Tool("all-of-required.json", "enumOfBoth")["properties"]!;
        Assert.That(properties["status"]!["enum"]!.ToJsonString(), Is.EqualTo("[\"open\",\"closed\"]"));
        Assert.That(
            (properties["n"]!["minimum"]!.GetValue<int>(), properties["n"]!["maximum"]!.GetValue<int>()),
            Is.EqualTo((10, 50))
        );
    }

    [TestCase(
        "labels",
        "{\"type\":\"array\",\"description\":\"Labels of the group.\",\"items\":{\"type\":\"string\",\"maxLength\":20}}"
    )]
    [TestCase(
        "limits",
        "{\"type\":\"object\",\"description\":\"Limit per label.\",\"additionalProperties\":{\"type\":\"integer\",\"minimum\":0}}"
    )]
    [TestCase(
        "matrix",
        "{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":20}}}"
    )]
    public void Case_MergedLists_KeepTheirItems(string member, string expected) =>
        Assert.That(
            Tool("all-of-items.json", "createGroup")["properties"]![member]!.ToJsonString(),
            Is.EqualTo(expected)
        );

    // The server sets such a member (OpenAPI 3.1, "Schema Object": readOnly), whichever part says so.
    [TestCase("{\"type\":\"string\"}", "{\"readOnly\":true}")]
    [TestCase("{\"readOnly\":true}", "{\"type\":\"string\"}")]
    public void AllOf_ReadOnlyPart_IsNoArgument(string first, string second) =>
        Assert.That(
            Fragments
                .Body($$"""{"type":"object","properties":{"a":{},"m":{"allOf":[{{first}},{{second}}]} } }""")
                .Arguments.Properties.Select(property => property.Name),
            Is.EqualTo(new[] { "a" })
        );

    [TestCase("{\"type\":\"string\"}", "{\"contentMediaType\":\"image/png\"}")]
    [TestCase("{\"contentMediaType\":\"image/png\"}", "{\"type\":\"string\"}")]
    public void AllOf_PartWithAMediaType_IsAFileOfAMultipartBody(string first, string second)
    {
        var body = Fragments
            .Paths(
                """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"m":{"allOf":["""
                    + first
                    + ","
                    + second
                    + "]}}}}}}}}}"
            )
            .Catalog.Tools.Single()
            .Body!;
        var encoding = body.Members.Single().Encoding!;
        Assert.That((encoding.IsFile, encoding.ContentType), Is.EqualTo((true, "image/png")));
    }

    [TestCase("\"a\"", "\"b\"", "\"a\"")]
    [TestCase("\"b\"", "\"a\"", "\"b\"")]
    public void AllOf_Defaults_FirstOneCounts(string first, string second, string expected) =>
        Assert.That(
            Fragments
                .Paths(
                    """{"/a":{"get":{"operationId":"a","parameters":[{"name":"m","in":"query","schema":{"type":"string","allOf":["""
                        + $$"""{"default":{{first}}},{"default":{{second}}}]} }]} } }"""
                )
                .Catalog.Tools.Single()
                .InputSchema["properties"]!["m"]!["default"]!.ToJsonString(),
            Is.EqualTo(expected)
        );

    // 8 forms beside 8 are 64 pairs, each of which is checked. 72 pairs are too many, and any value is accepted.
    [TestCase(8, 8, 64)]
    [TestCase(9, 8, 1)]
    public void AllOf_FormsOfBothParts_ArePairedUpToALimit(int first, int second, int expected)
    {
        var merged = Fragments
            .Body(
                $$"""{"type":"object","properties":{"m":{"allOf":[{{Forms('a', first)}},{{Forms('b', second)}}]} } }"""
            )
            .Arguments.Properties.Single()
            .Schema;
        Assert.That(merged.Alternatives, Has.Count.EqualTo(expected));

        static string Forms(char name, int count) =>
            "{\"oneOf\":["
            + string.Join(
                ',',
                Enumerable
                    .Range(0, count)
                    .Select(index => $$"""{"type":"object","properties":{"{{name}}{{index}}":{"type":"string"} } }""")
            )
            + "]}";
    }

    private static string Merged(string first, string second) =>
        Fragments.Member("{\"allOf\":[" + first + "," + second + "]}").ToJsonString();

    private static string Pattern(string pattern) => new JsonObject { ["pattern"] = pattern }.ToJsonString();

    private static JsonObject Tool(string file, string name) =>
        Fragments.Case(file).Catalog.Tools.Single(tool => tool.ToolName == name).InputSchema;
}
