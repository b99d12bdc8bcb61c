using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The overlay's <c>x-mcp.lookup</c>: where a name stands for a value.</summary>
internal sealed class LookupTests
{
    private const string Good =
        """{"list":"shops","items":"data","value":"key","match":["name","no"],"format":"uuid"}""";

    [Test]
    public void Emit_Lookup_StandsInTheDescriptorUnderTheArgumentsName()
    {
        var tool = ToolEmitter
            .Emit(Run(Good).Catalog, "Other")
            .Single(file => file.Path.EndsWith("ReadShopTool.g.cs", StringComparison.Ordinal));
        Assert.That(
            tool.Text,
            Does.Contain("""        Lookups = [new("shop", "shops", "data", "key", ["name", "no"], "uuid")],""")
        );
    }

    [Test]
    public void Run_ListOfTexts_MayBeLookedUpToo() =>
        Assert.That(() => Run(Good, """{"type":"array","items":{"type":"string"}}"""), Throws.Nothing);

    [TestCase(
        """{"list":"shop","items":"data","value":"key","match":["name"]}""",
        "'list' names the tool 'shop', which does not exist"
    )]
    [TestCase(
        """{"list":"makeShop","items":"data","value":"key","match":["name"]}""",
        "the tool 'makeShop' cannot be asked for a list"
    )]
    [TestCase(
        """{"list":"readShop","items":"data","value":"key","match":["name"]}""",
        "the tool 'readShop' cannot be asked for a list"
    )]
    [TestCase(
        """{"list":"shops","items":"rows","value":"key","match":["name"]}""",
        "the answer of 'shops' has no list of objects 'rows'"
    )]
    [TestCase(
        """{"list":"shops","items":"data","value":"uuid","match":["name"]}""",
        "the items of 'shops' have no member 'uuid'; they have key, name, no"
    )]
    [TestCase(
        """{"list":"shops","items":"data","value":"key","match":["name","title"]}""",
        "the items of 'shops' have no member 'title'"
    )]
    [TestCase("""{"list":"shops","items":"data","value":"key"}""", "'match' must name at least one member")]
    [TestCase("{}", "'list' names the tool ''")]
    public void Run_LookupThatCannotBeMade_IsAnErrorThatSaysWhy(string lookup, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(lookup))!;
        Assert.That(fault.Diagnostic.Id, Is.EqualTo(DiagnosticIds.OverlayMember));
        Assert.That(fault.Diagnostic.Pointer, Is.EqualTo("/paths/~1shops~1{shop}/get/parameters/0/x-mcp/lookup"));
        Assert.That(fault.Diagnostic.Message, Does.Contain(expected));
    }

    // A client that reads the schema would not send a name.
    [TestCase("""{"type":"integer"}""")]
    [TestCase("""{"type":"string","format":"uuid"}""")]
    [TestCase("""{"type":"string","enum":["a"]}""")]
    public void Run_ParameterThatTakesNoName_IsAnError(string schema) =>
        Assert.That(
            () => Run(Good, schema),
            Throws.TypeOf<FaultException>().With.Message.Contains("the parameter 'shop' does not accept text")
        );

    private static GenerationPipeline Run(string lookup, string schema = """{"type":"string"}""") =>
        Fragments.Paths(
            """
            {"/shops":{"get":{"operationId":"shops","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":
              {"data":{"type":"array","items":{"type":"object","properties":{"key":{"type":"string"},"name":{"type":"string"},"no":{"type":"integer"}}}}}}}}}}},
              "post":{"operationId":"makeShop","responses":{}}},
             "/shops/{shop}":{"get":{"operationId":"readShop","parameters":[{"name":"shop","in":"path","required":true,"x-mcp":{"lookup":
            """
                + lookup
                + "},\"schema\":"
                + schema
                + "}],\"responses\":{}}}}"
        );
}
