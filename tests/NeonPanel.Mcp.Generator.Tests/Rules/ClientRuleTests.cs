using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Rules;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Rules;

internal sealed class ClientRuleTests
{
    private const string Root = "\"type\":\"object\",\"additionalProperties\":false";

    [TestCase("{\"type\":\"string\"}", "root-object")]
    [TestCase("{\"type\":\"object\",\"properties\":{}}", "root-object")]
    [TestCase("{" + Root + "}", "root-object")]
    [TestCase("{" + Root + ",\"properties\":{},\"anyOf\":[]}", "root-combination")]
    [TestCase("{" + Root + ",\"properties\":{},\"enum\":[]}", "root-combination")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"items\":{\"oneOf\":[]}}}}", "combination")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"$ref\":\"#\"}}}", "reference")]
    [TestCase("{" + Root + ",\"properties\":{},\"$defs\":{}}", "reference")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}}}", "type-list")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"type\":\"array\"}}}", "items")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"type\":\"array\",\"items\":[{}]}}}", "items")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"exclusiveMinimum\":true}}}", "bound")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"exclusiveMinimum\":1}}}", "exclusive")]
    [TestCase("{" + Root + ",\"properties\":{\"a b\":{}}}", "property-name")]
    [TestCase(
        "{" + Root + ",\"properties\":{\"a\":{\"additionalProperties\":{\"properties\":{\"@id\":{}}}}}}",
        "property-name"
    )]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"enum\":[\"x\",\"y\",\"x\"]}}}", "enum-twice")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{}},\"required\":[\"a\",\"a\"]}", "enum-twice")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"enum\":[\"x\",\"\"]}}}", "enum-value")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"enum\":[1,2]}}}", "enum-value")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"items\":{\"enum\":[[1]]}}}}", "enum-value")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"type\":\"string\",\"properties\":{}}}}", "object-words")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{\"type\":\"string\",\"required\":[]}}}", "object-words")]
    [TestCase("{" + Root + ",\"properties\":{\"a\":{}},\"required\":[\"b\"]}", "object-words")]
    public void OfInput_BrokenRule_IsFound(string schema, string rule) =>
        Assert.That(
            ClientRules.OfInput((JsonObject)JsonNode.Parse(schema)!).Select(violation => violation.Rule),
            Does.Contain(rule)
        );

    [Test]
    public void OfInput_MoreThan16KB_IsFound()
    {
        var schema = (JsonObject)
            JsonNode.Parse(
                "{" + Root + ",\"properties\":{\"a\":{\"description\":\"" + new string('x', 16 * 1024) + "\"}}}"
            )!;
        Assert.That(ClientRules.OfInput(schema).Select(violation => violation.Rule), Is.EqualTo(new[] { "size" }));
    }

    [Test]
    public void Case_ClientRefusals_AreRemovedOrReported()
    {
        var tool = Fragments.Case("client-refusals.json").Catalog.Tools.Single();
        var properties = tool.InputSchema["properties"]!;
        Assert.That(properties["twice"]!["enum"]!.ToJsonString(), Is.EqualTo("""["a","b"]"""));
        Assert.That(properties["scalar"]!.ToJsonString(), Is.EqualTo("""{"type":"string"}"""));
        Assert.That(
            ClientRules.OfInput(tool.InputSchema),
            Has.Some.EqualTo(("enum-value", "input/empty allows \"\""))
                .And.Some.EqualTo(("enum-value", "input/number allows 0"))
        );
        Assert.That(
            ClientRules.OfInput(tool.InputSchema).Select(violation => violation.Rule),
            Has.None.EqualTo("enum-twice").And.None.EqualTo("object-words")
        );
    }

    [Test]
    public void OfOutput_NoObject_IsFound() =>
        Assert.That(
            ClientRules
                .OfOutput(new() { ["type"] = "array", ["items"] = new JsonObject() })
                .Select(violation => violation.Rule),
            Is.EqualTo(new[] { "output-object" })
        );

    [Test]
    public void Rules_All_NameAClientAndWhereItWasSeen() =>
        Assert.That(
            ClientRules.All.SelectMany(rule => rule.Clients),
            Is.Not.Empty.And.All.Matches<ClientSource>(client => client!.Name.Length > 0 && client.Source.Length > 0)
        );
}
