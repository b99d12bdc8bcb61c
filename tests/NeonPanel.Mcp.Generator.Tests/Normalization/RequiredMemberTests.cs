using NeonPanel.Mcp.Generator.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Normalization;

/// <summary>Names in <c>required</c> that no part declares (JSON Schema Validation §6.5.3): without the member no value
/// fits, so it can be given.</summary>
internal sealed class RequiredMemberTests
{
    private const string Any = "{\"description\":\"Any value.\"}";

    [TestCase("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"x\"]}", Any)]
    [TestCase(
        "{\"allOf\":[{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}},{\"required\":[\"x\"]}]}",
        Any
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"x\"],\"additionalProperties\":{\"type\":\"integer\"}}",
        "{\"type\":\"integer\"}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"x\"],\"patternProperties\":{\"^x\":{\"type\":\"boolean\"}}}",
        "{\"type\":\"boolean\"}"
    )]
    // One part requires it deeper than where another part declares it.
    [TestCase(
        "{\"allOf\":[{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\"}}},{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"x\"]}]}",
        "{\"type\":\"integer\"}"
    )]
    public void Value_RequiredAndNotDeclared_CanBeGiven(string schema, string expected)
    {
        var body = Fragments.Body(schema).InputSchema;
        var member = Fragments.Member(schema);
        var item = Fragments.Member("{\"type\":\"array\",\"items\":" + schema + "}")["items"]!;
        Assert.That(body["properties"]!["x"]!.ToJsonString(), Is.EqualTo(expected), "the body");
        foreach (var inside in new[] { member, item })
        {
            Assert.That(inside["properties"]!["x"]!.ToJsonString(), Is.EqualTo(expected));
            Assert.That(inside["required"]!.ToJsonString(), Is.EqualTo("[\"x\"]"));
        }
    }

    // Members that no part declares at the place where it is required, though a part declares them inside.
    [Test]
    public void Member_DeclaredByAnotherPart_KeepsItsSchema()
    {
        var member = Fragments.Member(
            """
            {"allOf":[{"type":"object","properties":{"m":{"type":"object","properties":{"a":{"type":"string"}},"required":["x","id"]}}},
                      {"type":"object","properties":{"m":{"type":"object","properties":{"x":{"type":"integer"},"id":{"type":"string","readOnly":true}}}}}]}
            """
        );
        Assert.That(
            member["properties"]!["m"]!.ToJsonString(),
            Is.EqualTo(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"x\":{\"type\":\"integer\"}},\"required\":[\"x\"]}"
            )
        );
    }

    // Required in one form of several: it can be given, and need not be.
    [Test]
    public void Value_RequiredInOneForm_IsOptional()
    {
        var schema = Fragments
            .Body(
                """{"type":"object","properties":{"a":{"type":"string"}},"anyOf":[{"required":["p"]},{"required":["q"]}]}"""
            )
            .InputSchema;
        Assert.That(schema["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "a", "p", "q" }));
        Assert.That(schema["required"], Is.Null);
    }

    // A form that cannot hold adds nothing.
    [Test]
    public void Value_RequiredInOneFormAndForbidden_IsNoArgument() =>
        Assert.That(
            Fragments.Member(
                """{"type":"object","properties":{"a":{}},"additionalProperties":false,"anyOf":[{"required":["a"]},{"required":["p"]}]}"""
            )["properties"]!
                .AsObject()
                .Select(pair => pair.Key),
            Is.EqualTo(new[] { "a" })
        );

    // A member that only answers contain, that is forbidden, or that is too deep to be described is not an argument.
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{},\"x\":{\"type\":\"string\",\"readOnly\":true}},\"required\":[\"x\"]}"
    )]
    [TestCase(
        "{\"allOf\":[{\"type\":\"object\",\"properties\":{\"a\":{},\"x\":{\"readOnly\":true}}},{\"required\":[\"x\"]}]}"
    )]
    [TestCase(
        "{\"allOf\":[{\"required\":[\"x\"]},{\"type\":\"object\",\"properties\":{\"a\":{},\"x\":{\"readOnly\":true}}}]}"
    )]
    [TestCase("{\"type\":\"object\",\"properties\":{\"a\":{},\"x\":false},\"required\":[\"x\"]}")]
    public void Value_RequiredAndUntold_IsNoArgument(string schema) =>
        Assert.That(
            Fragments.Member(schema)["properties"]!.AsObject().Select(pair => pair.Key),
            Is.EqualTo(new[] { "a" })
        );

    [Test]
    public void Value_TooDeepToBeDescribed_GetsNoMembersThatItOnlyRequires()
    {
        var schema = "{\"type\":\"object\",\"properties\":{\"end\":{\"type\":\"string\"}},\"required\":[\"end\"]}";
        for (var level = 0; level < 14; level++)
        {
            schema = "{\"type\":\"object\",\"properties\":{\"m\":" + schema + "},\"required\":[\"m\"]}";
        }

        Assert.That(Fragments.Member(schema).ToJsonString(), Does.Contain("Members: m.").And.Not.Contain("Any value."));
    }

    // An object of which nothing is declared may have any members: it stays one argument.
    [Test]
    public void Body_NothingDeclared_IsOneArgument() =>
        Assert.That(
            Fragments.Body("""{"type":"object","required":["x"]}""").InputSchema["properties"]!.ToJsonString(),
            Is.EqualTo("{\"body\":{\"type\":\"object\",\"properties\":{\"x\":" + Any + "},\"required\":[\"x\"]}}")
        );

    [Test]
    public void Value_RequiredAndForbidden_CanBeGivenWithAWarning()
    {
        var pipeline = Fragments.Paths(
            """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["x"],"additionalProperties":false}}}}}}}"""
        );
        Assert.That(pipeline.Catalog.Tools.Single().InputSchema["properties"]!["x"]!.ToJsonString(), Is.EqualTo(Any));
        var warning = pipeline.Catalog.Diagnostics.Single();
        Assert.That((warning.Id, warning.Severity), Is.EqualTo((DiagnosticIds.Loosened, Severity.Warning)));
        Assert.That(warning.Message, Does.StartWith("'x' is required, but the schema neither declares it"));
    }
}
