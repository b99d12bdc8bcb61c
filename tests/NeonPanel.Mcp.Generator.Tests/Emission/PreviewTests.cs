using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The overlay's <c>x-mcp.preview</c>: what a write would do.</summary>
internal sealed class PreviewTests
{
    private const string Due = """
        {"read":{"tool":"terms","path":"data","key":{"term":"id"}},"parts":"parts","anchor":"from","days":"days","percent":"share"}
        """;

    [Test]
    public void Emit_UpdateWithAReadOfTheSamePath_FindsItsMembers() =>
        Assert.That(
            TextOf(Run("true"), "ChangeOrder"),
            Does.Contain(
                """
                        Preview = new()
                        {
                            IsOffered = true,
                            Record = new("readOrder", [new("shop", "shop"), new("orderId", "orderId")], ""),
                            Members = [new("day", ["day"]), new("vendorId", ["vendor", "id"]) { Label = ["vendor", "name"] }, new("lines", ["lines"]) { Members = [new("item_id", ["item_id"]) { Label = ["item_name"] }, new("units", ["units"])] }],
                        },
                """
            )
        );

    [Test]
    public void Emit_Declared_HasSumsDueDatesAndTheReadOfAList() =>
        Assert.That(
            TextOf(
                Run(
                    $$$"""
                    {"read":{"tool":"orders","path":"data","key":{"orderId":"id"}},"members":{"day":"placed"},
                    "lines":{"list":"lines","quantity":"units","price":"price","currency":"currency"},"due":{{{Due}}}}
                    """
                ),
                "ChangeOrder"
            ),
            Does.Contain(
                    "Record = new(\"orders\", [new(\"shop\", \"shop\")], \"data\") { Key = \"orderId\", KeyMember = \"id\" },"
                )
                .And.Contain("new(\"day\", [\"placed\"])")
                .And.Contain("Lines = new(\"lines\", \"units\", \"price\", null, \"currency\"),")
                .And.Contain(
                    "Due = new(\"term\", new(\"terms\", [new(\"shop\", \"shop\")], \"data\") { Key = \"term\", KeyMember = \"id\" }, \"parts\", \"from\", \"days\", \"share\"),"
                )
        );

    [Test]
    public void Emit_Create_ReadsNoRecord() =>
        Assert.That(
            TextOf(Run("true"), "MakeOrder"),
            Does.Contain("        Preview = new()\n        {\n            IsOffered = true,\n        },\n")
        );

    [TestCase("true", "false", false)]
    [TestCase("false", "true", false)]
    [TestCase("null", "true", false)]
    [TestCase("true", "true", true)]
    [TestCase("true", "null", true)]
    public void Emit_OfAWrite_HasTheArgumentWhereTheOverlayEnablesIt(string ofDocument, string ofTool, bool isOffered)
    {
        var tool = Run(ofTool, ofDocument).Catalog.Tools.Single(tool => tool.ToolName == "changeOrder");
        Assert.That(tool.InputSchema["properties"]!.AsObject().ContainsKey("preview"), Is.EqualTo(isOffered));
        // The server itself may make a preview in each case.
        Assert.That(tool.Preview?.IsOffered, Is.EqualTo(isOffered));
        Assert.That(tool.Preview?.Record?.Tool.ToolName, Is.EqualTo("readOrder"));
    }

    [Test]
    public void Emit_OfARead_HasNone()
    {
        var tool = Run("true").Catalog.Tools.Single(tool => tool.ToolName == "readOrder");
        Assert.That(tool.Preview, Is.Null);
        Assert.That(tool.InputSchema["properties"]!.AsObject().ContainsKey("preview"), Is.False);
    }

    [Test]
    public void Emit_OfAnOperationWithAnArgumentOfThisName_LeavesItToTheApi()
    {
        var tool = Run("true").Catalog.Tools.Single(tool => tool.ToolName == "publishOrder");
        Assert.That(tool.Preview!.IsOffered, Is.False);
        Assert.That(
            tool.InputSchema["properties"]!["preview"]!["description"]!.ToString(),
            Is.EqualTo("The API's own.")
        );
    }

    [Test]
    public void Emit_ReadWithAWrappedRecord_FindsIt() =>
        Assert.That(
            TextOf(Run("true"), "ChangeVendor"),
            Does.Contain("Record = new(\"readVendor\", [new(\"shop\", \"shop\")], \"data\"),")
                .And.Contain("Members = [new(\"name\", [\"name\"])],")
        );

    [TestCase("""{"reed":{}}""", "there is no member 'reed'; did you mean 'read'?")]
    [TestCase("""{"read":"orders"}""", "'read' must be an object with the name of a 'tool'")]
    [TestCase("""{"read":{"tool":"order"}}""", "there is no tool 'order'; did you mean 'orders'?")]
    [TestCase("""{"read":{"tool":"makeOrder"}}""", "'makeOrder' must only read")]
    [TestCase("""{"read":{"tool":"orders","path":"date"}}""", "the answer of 'orders' has no member 'date'")]
    [TestCase(
        """{"read":{"tool":"orders","path":"data"}}""",
        "'read.key' must name one argument and the member of a record of 'data' that equals it"
    )]
    [TestCase(
        """{"read":{"tool":"orders","path":"data","key":{"orderId":"nr"}}}""",
        "'data' of 'orders' is not a list of records with the member 'nr'"
    )]
    [TestCase(
        """{"read":{"tool":"orders","path":"data","key":{"order":"id"}}}""",
        "'changeOrder' has no argument 'order'; did you mean 'orderId'?"
    )]
    [TestCase(
        """{"read":{"tool":"orders","with":{"q":"word"},"path":"data","key":{"orderId":"id"}}}""",
        "'changeOrder' has no argument 'word'"
    )]
    [TestCase("""{"members":{"day":"days"}}""", "the record of 'readOrder' has no member 'days'")]
    [TestCase("""{"members":["day"]}""", "'members' must be an object of arguments")]
    [TestCase("""{"lines":{"list":"line"}}""", "'changeOrder' has no argument 'line'; did you mean 'lines'?")]
    [TestCase("""{"lines":{"list":"day","amount":"x"}}""", "the argument 'day' is not a list")]
    [TestCase("""{"lines":{"list":"lines","amount":"pric"}}""", "has no member 'pric'; did you mean 'price'?")]
    [TestCase("""{"lines":{"list":"lines","price":"price"}}""", "'lines' must name 'amount', or both")]
    [TestCase("""{"due":{"parts":"parts"}}""", "'due' needs 'read'")]
    [TestCase(
        """{"due":{"read":{"tool":"terms","path":"data","key":{"term":"id"}},"parts":"part"}}""",
        "a payment term of 'terms' has no list 'part'"
    )]
    [TestCase(
        """{"due":{"read":{"tool":"terms","path":"data","key":{"term":"id"}},"parts":"parts","anchor":"frm"}}""",
        "'due.anchor' must be a member of an item of 'parts', but is 'frm'; did you mean 'from'?"
    )]
    public void Run_PreviewThatCannotBe_IsAnError(string preview, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(preview))!;
        Assert.That(
            (fault.Diagnostic.Id, fault.Diagnostic.Severity, fault.Diagnostic.Pointer),
            Is.EqualTo(
                (DiagnosticIds.OverlayMember, Severity.Error, "/paths/~1{shop}~1orders~1{orderId}/put/x-mcp/preview")
            )
        );
        Assert.That(fault.Diagnostic.Message, Does.StartWith("x-mcp.preview: ").And.Contain(expected));
    }

    [Test]
    public void Run_PreviewOfAToolThatReads_IsAnError() =>
        Assert.That(
            () => Run("true", ofRead: "{}"),
            Throws.TypeOf<FaultException>().With.Message.Contains("'readOrder' only reads, so it has no preview")
        );

    private static string TextOf(GenerationPipeline run, string name) =>
        ToolEmitter
            .Emit(run.Catalog, "Other")
            .Single(file => file.Path.EndsWith(name + "Tool.g.cs", StringComparison.Ordinal))
            .Text;

    private static GenerationPipeline Run(string preview, string ofDocument = "true", string ofRead = "null") =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"Shop API","version":"1"},"x-mcp":{"preview":OF_DOCUMENT},"paths":{
            "/{shop}/orders":{"parameters":[SHOP],
            "get":{"operationId":"orders","parameters":[{"name":"q","in":"query","schema":{"type":"string"}}],
            "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{
            "data":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"placed":{"type":"string"}}}}}}}}}}},
            "post":{"operationId":"makeOrder","requestBody":BODY,"responses":{"200":{"description":"d"}}}},
            "/{shop}/orders/{orderId}":{"parameters":[SHOP,
            {"name":"orderId","in":"path","required":true,"schema":{"type":"integer"}}],
            "get":{"operationId":"readOrder","x-mcp":{"preview":OF_READ},
            "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{
            "day":{"type":"string"},"vendor":{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"}}},
            "lines":{"type":"array","items":{"type":"object","properties":{
            "item_id":{"type":"integer"},"item_name":{"type":"string"},"units":{"type":"integer"}}}}}}}}}}},
            "put":{"operationId":"changeOrder","x-mcp":{"preview":PREVIEW},"requestBody":BODY,
            "responses":{"200":{"description":"d"}}}},
            "/{shop}/publish":{"parameters":[SHOP],"post":{"operationId":"publishOrder",
            "parameters":[{"name":"preview","in":"query","description":"The API's own.","schema":{"type":"boolean"}}],
            "responses":{"200":{"description":"d"}}}},
            "/{shop}/vendor":{"parameters":[SHOP],
            "get":{"operationId":"readVendor","responses":{"200":{"description":"d","content":{"application/json":{"schema":
            {"type":"object","properties":{"data":{"type":"object","properties":{"name":{"type":"string"}}}}}}}}}},
            "put":{"operationId":"changeVendor","requestBody":{"content":{"application/json":{"schema":
            {"type":"object","properties":{"name":{"type":"string"}}}}}},"responses":{"200":{"description":"d"}}}},
            "/{shop}/terms":{"parameters":[SHOP],"get":{"operationId":"terms",
            "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{
            "data":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},
            "parts":{"type":"array","items":{"type":"object","properties":{
            "from":{"type":"string"},"days":{"type":"integer"},"share":{"type":"integer"}}}}}}}}}}}}}}}}}
            """.Replace(
                "BODY",
                """
                {"content":{"application/json":{"schema":{"type":"object","properties":{
                "day":{"type":"string"},"vendorId":{"type":"integer"},"term":{"type":"integer"},"currency":{"type":"string"},
                "lines":{"type":"array","items":{"type":"object","properties":{
                "item_id":{"type":"integer"},"units":{"type":"integer"},"price":{"type":"number"}}}}}}}}}
                """,
                StringComparison.Ordinal
            ).Replace(
                "SHOP",
                """{"name":"shop","in":"path","required":true,"schema":{"type":"string"}}""",
                StringComparison.Ordinal
            ).Replace("OF_DOCUMENT", ofDocument, StringComparison.Ordinal).Replace(
                "OF_READ",
                ofRead,
                StringComparison.Ordinal
            ).Replace("PREVIEW", preview, StringComparison.Ordinal)
        );
}
