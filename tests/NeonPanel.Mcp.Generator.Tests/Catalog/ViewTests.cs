using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Catalog;

/// <summary>The overlay's <c>x-mcp.view</c>: how hosts may show an answer.</summary>
internal sealed class ViewTests
{
    private const string Table = """{"kind":"table","list":"data","columns":["name","owner.name"]}""";
    private const string Chart =
        """{"kind":"chart","list":"data","label":["name"],"series":["sold_amount"],"currency":"currency"}""";

    private const string Matrix =
        """{"kind":"matrix","list":"data","row":["name"],"column":"owner.name","value":"sold_amount"}""";
    private const string Weeks =
        """{"kind":"weeks","list":"data","date":"name","amount":"sold_amount","paid":"sold_amount","currency":"currency"}""";

    [TestCase(Table, "Table")]
    [TestCase(Matrix, "Matrix")]
    [TestCase(Weeks, "Weeks")]
    [TestCase(Chart, "Chart")]
    [TestCase("""{"kind":"table","list":"data"}""", "Table")]
    public void Emit_View_StandsInTheDescriptorAndInTheCatalogueAsItWasDeclared(string view, string kind)
    {
        var catalog = Run(view).Catalog;
        var tool = ToolEmitter
            .Emit(catalog, "Other")
            .Single(file => file.Path.EndsWith("ShopsTool.g.cs", StringComparison.Ordinal));
        Assert.That(
            tool.Text,
            Does.Contain($"        View = new(global::NeonPanel.Mcp.Tools.ViewKind.{kind}, \"\"\"{view}\"\"\"),")
        );
        Assert.That(
            JsonNode.Parse(CatalogEmitter.Emit(catalog).Text)!["tools"]![0]!["view"]!.ToJsonString(),
            Is.EqualTo(view)
        );
    }

    [Test]
    public void Hash_WithAView_IsWhatItIsWithout() =>
        Assert.That(CatalogEmitter.Hash(Run(Table).Catalog), Is.EqualTo(CatalogEmitter.Hash(Run("null").Catalog)));

    [TestCase(
        """{"kind":"table","list":"dta"}""",
        "the answer of 'shops' has no list of objects 'dta'; did you mean 'data'?"
    )]
    [TestCase(
        """{"kind":"table","list":"total"}""",
        "the answer of 'shops' has no list of objects 'total'; there are data"
    )]
    [TestCase("""{"kind":"tabel","list":"data"}""", "there is no 'tabel' among the kinds; did you mean 'table'?")]
    [TestCase(
        """{"kind":"table","list":"data","column":["name"]}""",
        "there is no 'column' among the members of the view; did you mean 'columns'?"
    )]
    [TestCase(
        """{"kind":"table","list":"data","columns":["name","owner.nam"]}""",
        "'columns': the items of 'data' have no single value 'owner.nam'; did you mean 'owner.name'?"
    )]
    [TestCase(
        """{"kind":"table","list":"data","columns":["owner"]}""",
        "'columns': the items of 'data' have no single value 'owner'; did you mean 'owner.name'?"
    )]
    [TestCase(
        """{"kind":"table","list":"data","columns":["tags"]}""",
        "'columns': the items of 'data' have no single value 'tags'; there are name, sold_amount, currency, owner.name"
    )]
    [TestCase("""{"kind":"table","list":"data","columns":"name"}""", "'columns' must be a list of members")]
    [TestCase(
        """{"kind":"chart","list":"data","label":["name"],"series":["amount_sold"]}""",
        "'series': the items of 'data' have no single value 'amount_sold'; did you mean 'sold_amount'?"
    )]
    [TestCase(
        """{"kind":"chart","list":"data","label":["nane"],"series":["sold_amount"]}""",
        "'label': the items of 'data' have no single value 'nane'; did you mean 'name'?"
    )]
    [TestCase(
        """{"kind":"chart","list":"data","label":["name"],"series":["sold_amount"],"currency":"curency"}""",
        "no single value 'curency'; did you mean 'currency'?"
    )]
    [TestCase("""{"kind":"chart","list":"data","label":["name"]}""", "a chart needs 'label' and 'series'")]
    [TestCase("""{"kind":"matrix","list":"data","row":["name"],"column":"name"}""", "a matrix needs 'row', 'column'")]
    [TestCase("""{"kind":"matrix","list":"data","row":[],"column":"name","value":"name"}""", "a matrix needs 'row'")]
    [TestCase("""{"kind":"matrix","list":"data","row":["name"],"column":["name"]}""", "'column' must be one member")]
    [TestCase("""{"kind":"table","list":"data","series":["name"]}""", "there is no 'series' among the members")]
    [TestCase("""{"kind":"weeks","list":"data","date":"name"}""", "weeks need 'date' and 'amount'")]
    [TestCase(
        """{"kind":"matrix","list":"data","row":["nane"],"column":"name","value":"sold_amount"}""",
        "'row': the items of 'data' have no single value 'nane'; did you mean 'name'?"
    )]
    [TestCase(
        """{"kind":"weeks","list":"data","date":"name","amount":"sold_amount","paid":"soldamount"}""",
        "'paid': the items of 'data' have no single value 'soldamount'; did you mean 'sold_amount'?"
    )]
    [TestCase(
        """{"kind":"table","list":"data","summary":"dta"}""",
        "the answer of 'shops' has no list of objects 'dta'; did you mean 'data'?"
    )]
    [TestCase("\"table\"", "it must be an object")]
    public void Run_ViewOfWhatIsNotThere_IsAnErrorThatNamesTheNearest(string view, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(view))!;
        Assert.That(
            (fault.Diagnostic.Id, fault.Diagnostic.Severity),
            Is.EqualTo((DiagnosticIds.OverlayMember, Severity.Error))
        );
        Assert.That(fault.Diagnostic.Pointer, Is.EqualTo("/paths/~1shops/get/x-mcp/view"));
        Assert.That(fault.Diagnostic.Message, Does.Contain(expected));
    }

    // As 'refresh' does, for an overlay that was written for another version of the API.
    [Test]
    public void Run_OverlayWhereItFits_PassesOverAViewOfWhatIsNotThere()
    {
        var pipeline = GenerationPipeline.Run(
            new(
                "spec",
                Encoding.UTF8.GetBytes(
                    Document(Table.Replace("owner.name", "owner.id", StringComparison.Ordinal), "get")
                )
            ),
            null,
            null,
            OverlayUse.WhereItFits
        );
        Assert.That(pipeline.Catalog.Tools.Single().View, Is.Null);
        Assert.That(pipeline.PassedOver.Single().ToString(), Does.Contain("no single value 'owner.id'"));
    }

    [Test]
    public void Run_ViewOfAToolThatWrites_IsAnError() =>
        Assert.That(
            () => Run(Table, "post"),
            Throws.TypeOf<FaultException>().With.Message.Contains("the tool 'shops' does not only read")
        );

    private static GenerationPipeline Run(string view, string method = "get") => Fragments.Run(Document(view, method));

    private static string Document(string view, string method) =>
        """{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"""
        + "\"/shops\":{\""
        + method
        + "\":{\"operationId\":\"shops\",\"x-mcp\":{\"view\":"
        + view
        + "},"
        + """
            "responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"total":{"type":"integer"},
              "data":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"sold_amount":{"type":"number"},"currency":{"type":"string"},
                "tags":{"type":"array","items":{"type":"string"}},"owner":{"type":"object","properties":{"name":{"type":"string"}}}}}}}}}}}}}}}
            }
            """;
}
