using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The overlay's <c>x-mcp.brief</c>: the members that an answer has by default.</summary>
internal sealed class BriefTests
{
    private const string Brief = """["data.name","data.owner.name"]""";

    [Test]
    public void Emit_Brief_IsInDescriptorCatalogueAndSchema()
    {
        var catalog = Run(Brief).Catalog;
        var tool = ToolEmitter
            .Emit(catalog, "Other")
            .Single(file => file.Path.EndsWith("ShopsTool.g.cs", StringComparison.Ordinal));
        Assert.That(tool.Text, Does.Contain("        Brief = [\"data.name\", \"data.owner.name\"],\n"));
        Assert.That(tool.Text, Does.Contain("a,b.c or *"));
        Assert.That(
            JsonNode.Parse(CatalogEmitter.Emit(catalog).Text)!["tools"]![0]!["brief"]!.ToJsonString(),
            Is.EqualTo(Brief)
        );
    }

    [Test]
    public void Emit_NoBrief_IsNotWritten()
    {
        var catalog = Run("null").Catalog;
        Assert.That(CatalogEmitter.Tool(catalog.Tools.Single()).ContainsKey("brief"), Is.False);
        Assert.That(ToolEmitter.Emit(catalog, "Other").Select(file => file.Text), Has.None.Contains("Brief ="));
    }

    // Clients see it: the answers change.
    [Test]
    public void Hash_OtherBrief_IsAnother() =>
        Assert.That(
            CatalogEmitter.Hash(Run("""["data.name"]""").Catalog),
            Is.Not.EqualTo(CatalogEmitter.Hash(Run(Brief).Catalog))
        );

    [TestCase("""["data.nam"]""", "the answer of 'shops' has no member 'data.nam'; did you mean 'data.name'?")]
    [TestCase("""["qqqq"]""", "the answer of 'shops' has no member 'qqqq'.")]
    [TestCase("""[""]""", "has no member ''")]
    [TestCase("""[5]""", "has no member '5'")]
    [TestCase("[]", "it must name at least one member")]
    [TestCase("\"data.name\"", "it must name at least one member")]
    [TestCase("""["data","data.name"]""", "'data.name' is part of another member that it names")]
    [TestCase("""["data.name","data.name"]""", "it names 'data.name' twice")]
    [TestCase("""["data","total"]""", "it names all members, and so leaves nothing out")]
    [TestCase("""["data.name","data.sold","data.owner.id","data.owner.name","total"]""", "it names all members")]
    public void Run_BriefThatCannotBe_IsAnError(string brief, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(brief))!;
        Assert.That(
            (fault.Diagnostic.Id, fault.Diagnostic.Severity, fault.Diagnostic.Pointer),
            Is.EqualTo((DiagnosticIds.OverlayMember, Severity.Error, "/paths/~1shops/get/x-mcp/brief"))
        );
        Assert.That(fault.Diagnostic.Message, Does.StartWith("x-mcp.brief: ").And.Contain(expected));
    }

    [Test]
    public void Run_BriefWithoutFields_IsAnError() =>
        Assert.That(
            () => Run(Brief, fields: false),
            Throws.TypeOf<FaultException>().With.Message.Contains("the tool 'shops' does not take 'fields'")
        );

    [TestCase(
        """{"kind":"table","list":"data","columns":["name","sold"]}""",
        "it leaves out 'data.sold', which x-mcp.view shows"
    )]
    [TestCase("""{"kind":"chart","list":"data","label":["name"],"series":["sold"]}""", "it leaves out 'data.sold'")]
    [TestCase(
        """{"kind":"chart","list":"data","label":["owner.id"],"series":["sold"]}""",
        "it leaves out 'data.owner.id'"
    )]
    [TestCase("""{"kind":"table","list":"data","columns":["name"],"currency":"sold"}""", "it leaves out 'data.sold'")]
    [TestCase(
        """{"kind":"matrix","list":"data","row":["name"],"column":"owner.name","value":"sold"}""",
        "it leaves out 'data.sold'"
    )]
    [TestCase("""{"kind":"weeks","list":"data","date":"name","amount":"sold"}""", "it leaves out 'data.sold'")]
    [TestCase("""{"kind":"table","list":"data","columns":["name","owner.name"]}""", null)]
    public void Run_BriefOfAView_HasWhatTheViewShows(string view, string? expected)
    {
        if (expected is null)
        {
            Assert.That(Run(Brief, view: view).Catalog.Tools.Single().Brief, Has.Count.EqualTo(2));
            return;
        }

        Assert.That(() => Run(Brief, view: view), Throws.TypeOf<FaultException>().With.Message.Contains(expected));
    }

    // Twelve members are worth an argument, eleven are not. A list and its items count once.
    [TestCase(12, true)]
    [TestCase(11, false)]
    public void Build_ToolThatWrites_TakesFieldsIfItsAnswerIsLarge(int members, bool isOffered)
    {
        var properties = string.Join(
            ',',
            Enumerable
                .Range(2, members - 1)
                .Select(number =>
                    $$"""
                        "m{{number}}":{"type":"string"}
                        """
                )
        );
        var paths = """
            "/shops":{"post":{"operationId":"make","responses":{"200":{"description":"d","content":{"application/json":{"schema":
            {"type":"object","properties":{"list":{"type":"array","items":{"type":"object","properties":{PROPERTIES}}}}}}}}}}}
            """.Replace("PROPERTIES", properties, StringComparison.Ordinal);
        var tool = Fragments.Run(Document(paths, fields: true)).Catalog.Tools.Single();
        Assert.That(tool.TakesFields, Is.EqualTo(isOffered));
        Assert.That(tool.InputSchema["properties"]!.AsObject().ContainsKey("fields"), Is.EqualTo(isOffered));
    }

    // The list form costs tokens in every list of tools, so that only the server knows it.
    [Test]
    public void Build_Fields_IsTextForClientsAndAlsoAListForTheServer()
    {
        var tool = Run(Brief).Catalog.Tools.Single();
        Assert.That(tool.InputSchema["properties"]!["fields"]!["type"]!.ToJsonString(), Is.EqualTo("\"string\""));
        var accepted = tool.Arguments.Properties.Single(property => property.Name == "fields").Schema;
        Assert.That(accepted.Types, Is.EqualTo(new[] { "string", "array" }));
        Assert.That(accepted.Items!.Types, Is.EqualTo(new[] { "string" }));
    }

    private static GenerationPipeline Run(string brief, string view = "null", bool fields = true) =>
        Fragments.Run(
            Document(
                $$$"""
                "/shops":{"get":{"operationId":"shops","summary":"Shops","x-mcp":{"brief":{{{brief}}},"view":{{{view}}}},
                "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{
                "total":{"type":"integer"},
                "data":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"sold":{"type":"number"},
                "owner":{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"} } } } } } } } } } } } } }
                """,
                fields
            )
        );

    private static string Document(string paths, bool fields) =>
        $$"""{"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-mcp":{"fields":{{(fields ? "true" : "false")}} },"paths":{ {{paths}} } }""";
}
