using NeonPanel.Mcp.Generator.Schemas;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Normalization;

/// <summary>Alternatives and conditions: members of all forms are described, and a value that fits one form is accepted
/// as it is.</summary>
internal sealed class AlternativeTests
{
    private const string Strings = """{"type":"object","additionalProperties":{"type":"string"}}""";
    private const string Integers = """{"type":"object","additionalProperties":{"type":"integer"}}""";

    [TestCase("{\"oneOf\":[" + Strings + "," + Integers + "]}")]
    [TestCase("{\"anyOf\":[" + Integers + "," + Strings + "]}")]
    public void Member_MapsOfTwoTypes_TakesBoth(string schema)
    {
        var member = Of(schema);
        Assert.That(member.AdditionalProperties!.Types, Is.EquivalentTo(new[] { "string", "integer" }));
        Assert.That(
            member.Alternatives.Select(form => form.AdditionalProperties!.Types.Single()),
            Is.EquivalentTo(new[] { "string", "integer" })
        );
    }

    [Test]
    public void Member_OpenFormBesideAMap_TakesAnyMember()
    {
        var member = Of(
            """{"anyOf":[{"type":"object","properties":{"kind":{"type":"string"}}},STRINGS]}""".Replace(
                "STRINGS",
                Strings,
                StringComparison.Ordinal
            )
        );
        Assert.That((member.AdditionalProperties, member.IsClosed), Is.EqualTo(((SchemaModel?)null, false)));
        Assert.That(member.Alternatives, Has.Count.EqualTo(2));
    }

    // The same member in two forms of the body itself, whose members are arguments.
    [Test]
    public void Body_FormsWithMapsOfTwoTypes_TakeBoth()
    {
        var tags = Fragments
            .Body(
                """{"oneOf":[{"type":"object","properties":{"tags":STRINGS}},{"type":"object","properties":{"tags":INTEGERS}}]}"""
                    .Replace("STRINGS", Strings, StringComparison.Ordinal)
                    .Replace("INTEGERS", Integers, StringComparison.Ordinal)
            )
            .Arguments.Properties.Single()
            .Schema;
        Assert.That(
            tags.Alternatives.Select(form => form.AdditionalProperties!.Types.Single()),
            Is.EqualTo(new[] { "string", "integer" })
        );
    }

    // The keywords of the schema itself hold in each form.
    [Test]
    public void Member_BaseBesideForms_IsPartOfEachAlternative()
    {
        var member = Of(
            """
            {"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["a","b"]}},
             "oneOf":[{"properties":{"kind":{"const":"a"},"n":{"type":"integer"}}},{"properties":{"n":{"type":"string"}}}]}
            """
        );
        Assert.That(member.Properties.Select(property => property.Name), Is.EqualTo(new[] { "kind", "n" }));
        Assert.That(
            member.Properties[0].Schema.Enum,
            Has.Count.EqualTo(2),
            "a form that says nothing of 'kind' takes both"
        );
        Assert.That(
            member.Alternatives.Select(form =>
                (form.Properties[0].IsRequired, form.Properties[1].Schema.Types.Single())
            ),
            Is.EqualTo(new[] { (true, "integer"), (true, "string") })
        );
    }

    [TestCase("{\"oneOf\":[{\"type\":\"array\",\"items\":{\"type\":\"string\"}},{\"type\":\"array\"}]}")]
    [TestCase("{\"oneOf\":[{\"type\":\"array\"},{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]}")]
    public void Member_ListOfAnythingBesideAListOfTexts_TakesAnyItem(string schema) =>
        Assert.That(Of(schema).Items, Is.Null);

    [Test]
    public void Member_NullInOneForm_StaysAccepted() =>
        Assert.That(
            Of(
                """{"oneOf":[{"type":"object","properties":{"n":{"type":["integer","null"]}}},{"type":"object","properties":{"n":{"type":"integer"}}}]}"""
            )
                .Properties.Single()
                .Schema.Nullable,
            Is.True
        );

    [Test]
    public void Body_ThenAndElse_TheirMembersCanBeSent()
    {
        var tool = Fragments.Body(
            """
            {"type":"object","required":["method"],"properties":{"method":{"type":"string","enum":["card","account"]},"holder":{"type":"string"}},
             "if":{"properties":{"method":{"const":"card"}}},"then":{"required":["number","holder"],"properties":{"number":{"type":"string"}}},
             "else":{"required":["iban"],"properties":{"iban":{"type":"string","description":"Account"}}}}
            """
        );
        Assert.That(
            tool.InputSchema["properties"]!.ToJsonString().Replace("\\u0022", "'", StringComparison.Ordinal),
            Is.EqualTo(
                "{\"method\":{\"type\":\"string\",\"enum\":[\"card\",\"account\"]},\"holder\":{\"type\":\"string\",\"description\":\"Required if method is 'card'.\"},"
                    + "\"number\":{\"type\":\"string\",\"description\":\"Required if method is 'card'.\"},\"iban\":{\"type\":\"string\",\"description\":\"Account. Required unless method is 'card'.\"}}"
            )
        );
        Assert.That(
            tool.Arguments.Properties.Where(property => property.IsRequired),
            Is.Empty,
            "the body itself is optional"
        );
        Assert.That(
            tool.Body!.Members.Select(member => member.Name),
            Is.EqualTo(new[] { "method", "holder", "number", "iban" })
        );
    }

    [TestCase(
        "\"dependentSchemas\":{\"card\":{\"required\":[\"holder\"],\"properties\":{\"holder\":{\"type\":\"string\"}}}}"
    )]
    [TestCase(
        "\"dependencies\":{\"card\":{\"required\":[\"holder\"],\"properties\":{\"holder\":{\"type\":\"string\"}}}}"
    )]
    [TestCase(
        "\"allOf\":[{\"if\":{\"required\":[\"card\"]},\"then\":{\"required\":[\"holder\"],\"properties\":{\"holder\":{\"type\":\"string\"}}}}]"
    )]
    public void Body_MemberThatDependsOnAnother_CanBeSent(string keyword) =>
        Assert.That(
            Fragments
                .Body("{\"type\":\"object\",\"properties\":{\"card\":{\"type\":\"string\"}}," + keyword + "}")
                .InputSchema["properties"]!["holder"]!.ToJsonString(),
            Is.EqualTo("{\"type\":\"string\",\"description\":\"Required if card is given.\"}")
        );

    [Test]
    public void Member_ConditionThatDoesNotHold_LeavesTheValueAlone() =>
        Assert.That(
            Of(
                """{"type":"object","properties":{"a":{"type":"string"}},"if":{"required":["a"]},"then":{"properties":{"n":{"type":"integer"}}}}"""
            )
                .Alternatives.Any(form => form.Properties.All(property => property.Name == "a") && !form.IsClosed),
            Is.True
        );

    [TestCase("{\"$ref\":\"#/components/schemas/Free\"}", "application/json")]
    [TestCase(
        "{\"allOf\":[{\"$ref\":\"#/components/schemas/Free\"},{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"}}}]}",
        "application/json"
    )]
    [TestCase(
        "{\"oneOf\":[{\"$ref\":\"#/components/schemas/Free\"},{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"}}}]}",
        "application/json"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":{}}",
        "application/json"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"unevaluatedProperties\":{\"type\":\"string\"}}",
        "application/json"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"unevaluatedProperties\":true}",
        "application/json"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"patternProperties\":{\"^x-\":{\"type\":\"string\"}}}",
        "application/json"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":true}",
        "application/x-www-form-urlencoded"
    )]
    [TestCase(
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":true}",
        "multipart/form-data"
    )]
    public void Body_FurtherMembersAllowed_CanBeSent(string schema, string type)
    {
        var tool = Fragments
            .Paths(
                "{\"/a\":{\"post\":{\"operationId\":\"a\",\"requestBody\":{\"content\":{\""
                    + type
                    + "\":{\"schema\":"
                    + schema
                    + "}}}}}}",
                """{"Free":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}}"""
            )
            .Catalog.Tools.Single();
        Assert.That(tool.Body!.AdditionalArgument, Is.EqualTo("additionalProperties"));
        Assert.That(tool.InputSchema["properties"]!["additionalProperties"]!["type"]!.ToString(), Is.EqualTo("object"));
    }

    // JSON Schema: a closed part takes no member that it does not name, whatever another part says.
    [Test]
    public void Body_ClosedPartBesideAnOpenOne_TakesNoFurtherMembers() =>
        Assert.That(
            Fragments
                .Body(
                    """{"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true},{"properties":{"a":true},"additionalProperties":false}]}"""
                )
                .Body!.AdditionalArgument,
            Is.Null
        );

    private static SchemaModel Of(string schema) =>
        Fragments
            .Body("{\"type\":\"object\",\"properties\":{\"m\":" + schema + "}}")
            .Arguments.Properties.Single()
            .Schema;
}
