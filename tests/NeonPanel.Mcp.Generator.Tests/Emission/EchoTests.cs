using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The places where answers repeat arguments: what the overlay declares (<c>x-mcp.echo</c>), and what is
/// recognized. A wrong guess would cast doubt on correct answers, so half of the cases must find nothing.</summary>
internal sealed class EchoTests
{
    // Parameters and answer, then one line for each echo.
    [TestCase(
        "day:date q",
        """{"filters":{"type":"object","properties":{"day":{"type":"string"},"q":{"type":"string"},"other":{}}}}""",
        "day=filters.day Value, q=filters.q Value"
    )]
    [TestCase(
        "day:date q",
        """{"meta":{"type":"object","properties":{"day":{"type":"string"},"q":{"type":"string"}}}}""",
        "day=meta.day Value, q=meta.q Value",
        Description = "an object of arguments alone"
    )]
    [TestCase("day:date q", """{"meta":{"type":"object","properties":{"day":{},"q":{},"total":{}}}}""", "")]
    [TestCase("q", """{"meta":{"type":"object","properties":{"q":{}}}}""", "", Description = "one may be chance")]
    [TestCase("q", """{"filters":{"type":"object"}}""", "", Description = "nothing says which arguments it holds")]
    [TestCase("q", """{"filters":{"type":"array","items":{"type":"object","properties":{"q":{}}}}}""", "")]
    [TestCase(
        "ids[]",
        """{"filters":{"type":"object","properties":{"ids":{"type":"array","items":{}}}}}""",
        "ids=filters.ids Value"
    )]
    [TestCase("day:date", """{"day":{"type":"string","format":"date"}}""", "day=day Value")]
    [TestCase("day:date", """{"day":{"type":"string","format":"date-time"}}""", "day=day Value")]
    [TestCase("day:date", """{"day":{"type":"string"}}""", "")]
    [TestCase("status", """{"status":{"type":"string"}}""", "", Description = "may be about the answer itself")]
    [TestCase(
        "day:date",
        """{"data":{"type":"array","items":{"type":"object","properties":{"day":{"type":"string","format":"date"}}}}}""",
        ""
    )]
    [TestCase("shop_id", """{"shop_id":{"type":"integer"}}""", "shop_id=shop_id Id")]
    [TestCase("shop_id", """{"shop":{"type":"object","properties":{"id":{}}}}""", "shop_id=shop.id Id")]
    [TestCase("shopId", """{"shop":{"type":"object","properties":{"id":{}}}}""", "shopId=shop.id Id")]
    [TestCase("shopUUID", """{"shop":{"type":"object","properties":{"uuid":{}}}}""", "shopUUID=shop.uuid Id")]
    [TestCase(
        "shopUuid",
        """{"shop":{"type":"object","properties":{"id":{}}}}""",
        "",
        Description = "another kind of id"
    )]
    [TestCase("paid", """{"pa":{"type":"object","properties":{"id":{}}},"paid":{"type":"boolean"}}""", "")]
    [TestCase("id", """{"id":{"type":"integer"}}""", "id=id Id")]
    public void Read_Parameters_FindsWhatTheAnswerRepeats(string parameters, string answer, string expected) =>
        Assert.That(Echoes(Run(parameters, answer).Catalog.Tools.Single()), Is.EqualTo(expected));

    [TestCase("/shops/{shopId}", "get", """{"id":{"type":"integer"}}""", "shopId=id Id")]
    [TestCase("/shops/{shopId}", "put", """{"id":{"type":"integer"}}""", "shopId=id Id")]
    [TestCase("/shops/{shopId}/", "patch", """{"id":{"type":"integer"}}""", "shopId=id Id")]
    [TestCase("/shops/{shopId}", "post", """{"id":{"type":"integer"}}""", "", Description = "may make another record")]
    [TestCase("/shops/{shopId}/copies", "get", """{"id":{"type":"integer"}}""", "", Description = "another record")]
    [TestCase("/shops/{shopId}", "get", """{"uuid":{"type":"string"}}""", "")]
    [TestCase("/shops/{slug}", "get", """{"id":{"type":"integer"},"slug":{"type":"string"}}""", "")]
    [TestCase("/shops/{shop_iid}", "get", """{"id":{"type":"integer"}}""", "")]
    public void Read_PathParameter_IsTheIdOfTheRecord(string path, string method, string answer, string expected)
    {
        var name = path.Split('{', '}')[1];
        var document = Document(
            path,
            method,
            $$"""{"name":"{{name}}","in":"path","required":true,"schema":{"type":"string"} }""",
            answer,
            "{}",
            "{}"
        );
        Assert.That(Echoes(Fragments.Run(document).Catalog.Tools.Single()), Is.EqualTo(expected));
    }

    [Test]
    public void Read_BodyOfAWrite_ComparesDatesAndIdsOfOthers()
    {
        var tool = Fragments
            .Paths(
                """
                {"/shops":{"post":{"operationId":"make","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{
                "vendor_id":{"type":"integer"},"day":{"type":"string","format":"date"},"name":{"type":"string"},"id":{"type":"integer"}}}}}},
                "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{
                "id":{"type":"integer"},"name":{"type":"string"},"day":{"type":"string","format":"date"},
                "vendor":{"type":"object","properties":{"id":{"type":"integer"}}}}}}}}}}}}
                """
            )
            .Catalog.Tools.Single();
        Assert.That(Echoes(tool), Is.EqualTo("vendor_id=vendor.id Id, day=day Value"));
    }

    // The overlay says that the object holds all arguments in force, even if it does not describe them.
    [Test]
    public void Read_DeclaredObject_IsComplete()
    {
        var tool = Run("day:date q", """{"filters":{"type":"object"}}""", root: """{"echo":["filters"]}""")
            .Catalog.Tools.Single();
        Assert.That(Echoes(tool), Is.EqualTo("day=filters.day Complete, q=filters.q Complete"));
        Assert.That(tool.Echo.Members, Is.EqualTo(new[] { "filters" }));
    }

    [Test]
    public void Read_DeclaredPlace_HasPriorityAndFalseDenies()
    {
        var tool = Run(
            "day:date shop_id q",
            """{"day":{"type":"string","format":"date"},"shop":{"type":"object","properties":{"id":{}}},"of":{"type":"object","properties":{"day":{}}}}""",
            operation: """{"echo":{"day":"of.day","shop_id":false}}"""
        )
            .Catalog.Tools.Single();
        Assert.That(Echoes(tool), Is.EqualTo("day=of.day Complete"));
    }

    [TestCase("""{"days":"day"}""", "'shops' has no argument 'days'")]
    [TestCase("""{"day":"dy"}""", "the place of 'day' must be false, or the path of a member")]
    [TestCase("""{"day":"data.day"}""", "leads through objects alone, but is \"data.day\"")]
    [TestCase("""{"day":true}""", "but is true")]
    [TestCase("""{"day":null}""", "but is null")]
    [TestCase("""{"day":""}""", "but is \"\"")]
    public void Run_PlaceThatIsNotThere_IsAnError(string echo, string expected)
    {
        var fault = Assert.Throws<FaultException>(() =>
            Run(
                "day:date",
                """{"day":{"type":"string"},"data":{"type":"array","items":{"type":"object","properties":{"day":{}}}}}""",
                operation: $$"""{"echo":{{echo}}}"""
            )
        )!;
        Assert.That(fault.Diagnostic.Message, Does.StartWith("x-mcp.echo: ").And.Contain(expected));
        Assert.That(fault.Diagnostic.Pointer, Is.EqualTo("/paths/~1shops/get/x-mcp/echo"));
    }

    [TestCase("""["filtres"]""")]
    [TestCase("""["day"]""", Description = "no object")]
    public void Run_ObjectThatNoAnswerHas_IsAnError(string names)
    {
        var findings = Run(
            "day:date",
            """{"day":{"type":"string"}}""",
            root: $$"""{"echo":{{names}}}"""
        ).Catalog.Diagnostics;
        var finding = findings.Single(item => item.Id == DiagnosticIds.OverlayMember);
        Assert.That((finding.Severity, finding.Pointer), Is.EqualTo((Severity.Error, "/x-mcp/echo")));
        Assert.That(finding.Message, Does.Contain("no tool that reads has an object"));
    }

    [Test]
    public void Emit_Echoes_AreInDescriptorAndCatalogue()
    {
        var catalog = Run("day:date", """{"filters":{"type":"object"}}""", root: """{"echo":["filters"]}""").Catalog;
        var tool = ToolEmitter
            .Emit(catalog, "Other")
            .Single(file => file.Path.EndsWith("ShopsTool.g.cs", StringComparison.Ordinal));
        Assert.That(
            tool.Text,
            Does.Contain(
                """
                        EchoMembers = ["filters"],
                        Echoes = [new("day", ["filters", "day"], EchoKind.Complete)],

                """
            )
        );
        Assert.That(
            JsonNode.Parse(CatalogEmitter.Emit(catalog).Text)!["tools"]![0]!["echo"]!.ToJsonString(),
            Is.EqualTo("""{"day":"filters.day"}""")
        );
    }

    private static string Echoes(OperationModel tool) =>
        string.Join(
            ", ",
            tool.Echo.Arguments.Select(echo => $"{echo.Argument}={string.Join('.', echo.Path)} {echo.Kind}")
        );

    /// <param name="parameters">Names of query parameters, each with its format behind a colon if it has one.</param>
    /// <param name="answer">The members of the answer.</param>
    private static GenerationPipeline Run(
        string parameters,
        string answer,
        string operation = "{}",
        string root = "{}"
    ) =>
        Fragments.Run(
            Document(
                "/shops",
                "get",
                string.Join(
                    ',',
                    parameters
                        .Split(' ')
                        .Select(parameter => parameter.Split(':'))
                        .Select(parts =>
                            $$"""{"name":"{{parts[0]}}","in":"query","schema":{"type":"string"{{(parts.Length == 1 ? "" : $",\"format\":\"{parts[1]}\"")}} } }"""
                        )
                ),
                answer,
                operation,
                root
            )
        );

    private static string Document(
        string path,
        string method,
        string parameters,
        string answer,
        string operation,
        string root
    ) =>
        $$"""
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-mcp":{{root}},"paths":{"{{path}}":{"{{method}}":{"operationId":"shops","x-mcp":{{operation}},
            "parameters":[{{parameters}}],"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{{answer}} } } } } } } } } }
            """;
}
