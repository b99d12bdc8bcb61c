using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The overlay's <c>x-mcp.once</c>: the writes of which a repeat is held back.</summary>
internal sealed class OnceTests
{
    private const string Declared = """
        {"list":"orders","search":"q","match":{"number":"number","vendor":"vendor.id"}}
        """;

    [Test]
    public void Emit_Once_NamesWhereTheRecordIsFound()
    {
        var text = TextOf(Run(Declared), "MakeOrder");
        Assert.That(
            text,
            Does.Contain(
                """
                        Once = new("orders", "q", ["shop"], [new("number", "number"), new("vendor", "vendor.id")]),
                """
            )
        );
        Assert.That(
            text,
            Does.Contain("\"repeat\":{\"type\":\"boolean\"").Or.Contain("\\\"repeat\\\":{\\\"type\\\":\\\"boolean\\\"")
        );
    }

    [Test]
    public void Emit_OnceWithoutAList_IsMarkedOnly() =>
        Assert.That(TextOf(Run("true"), "MakeOrder"), Does.Contain("        Once = new(),\n"));

    [TestCase("null")]
    [TestCase("false")]
    public void Emit_NotOnce_HasNoArgument(string once)
    {
        var tool = Run(once).Catalog.Tools.Single(tool => tool.ToolName == "makeOrder");
        Assert.That(tool.Once, Is.Null);
        Assert.That(tool.InputSchema["properties"]!.AsObject().ContainsKey("repeat"), Is.False);
    }

    [TestCase("""{"search":"q","match":{"number":"number"}}""", "there is no tool ''")]
    [TestCase(
        """{"list":"order","search":"q","match":{"number":"number"}}""",
        "no tool 'order'; did you mean 'orders'?"
    )]
    [TestCase(
        """{"list":"makeOrder","search":"q","match":{"number":"number"}}""",
        "'makeOrder' must be a tool that takes 'total'"
    )]
    [TestCase("""{"list":"orders","search":"s","match":{"number":"number"}}""", "'orders' has no argument 's'")]
    [TestCase("""{"list":"orders","search":"q"}""", "'match' must name at least one argument")]
    [TestCase(
        """{"list":"orders","search":"q","match":{"numbr":"number"}}""",
        "no argument 'numbr'; did you mean 'number'?"
    )]
    [TestCase("""{"list":"orders","search":"q","match":{"number":"numb"}}""", "a row of 'orders' has no member 'numb'")]
    [TestCase("""{"list":"orders","search":"q","match":{"number":5}}""", "a row of 'orders' has no member ''")]
    public void Run_OnceThatCannotBe_IsAnError(string once, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(once))!;
        Assert.That(
            (fault.Diagnostic.Id, fault.Diagnostic.Severity, fault.Diagnostic.Pointer),
            Is.EqualTo((DiagnosticIds.OverlayMember, Severity.Error, "/paths/~1{shop}~1orders/post/x-mcp/once"))
        );
        Assert.That(fault.Diagnostic.Message, Does.StartWith("x-mcp.once: ").And.Contain(expected));
    }

    [Test]
    public void Run_OnceAtATool_ThatReads_IsAnError() =>
        Assert.That(
            () => Run("null", ofList: "true"),
            Throws.TypeOf<FaultException>().With.Message.Contains("'orders' only reads, so it may be repeated")
        );

    private static string TextOf(GenerationPipeline run, string name) =>
        ToolEmitter
            .Emit(run.Catalog, "Other")
            .Single(file => file.Path.EndsWith(name + "Tool.g.cs", StringComparison.Ordinal))
            .Text;

    private static GenerationPipeline Run(string once, string ofList = "null") =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"Shop API","version":"1"},"x-mcp":{"totals":true},"paths":{"/{shop}/orders":{
            "parameters":[{"name":"shop","in":"path","required":true,"schema":{"type":"string"}}],
            "get":{"operationId":"orders","x-mcp":{"once":OF_LIST},
            "parameters":[{"name":"q","in":"query","schema":{"type":"string"}},{"name":"page","in":"query","schema":{"type":"integer"}}],
            "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{
            "last_page":{"type":"integer"},"data":{"type":"array","items":{"type":"object","properties":{
            "number":{"type":"string"},"vendor":{"type":"object","properties":{"id":{"type":"integer"}}}}}}}}}}}}},
            "post":{"operationId":"makeOrder","x-mcp":{"once":ONCE},
            "requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{
            "number":{"type":"string"},"vendor":{"type":"integer"}}}}}},
            "responses":{"200":{"description":"d"}}}}}}
            """.Replace("OF_LIST", ofList, StringComparison.Ordinal).Replace("ONCE", once, StringComparison.Ordinal)
        );
}
