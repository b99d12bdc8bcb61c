using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Catalog;

/// <summary><c>x-mcp.totals</c>: the tools whose lists the server reads to the end.</summary>
internal sealed class RowsTests
{
    private const string Rows =
        """{"type":"object","properties":{"data":{"type":"array","items":{"type":"object","properties":{"amount":{"type":"number"},"money":{"type":"object","properties":{"code":{"type":"string"} } } } } },"errors":{"type":"array","items":{"type":"object"} } } }""";

    private const string NestedRows =
        """{"type":"object","properties":{"result":{"type":"object","properties":{"items":{"type":"array","items":{"type":"object"} } } } } }""";

    private const string Page = """{"name":"page","in":"query","schema":{"type":"integer"} }""";
    private const string Search = """{"name":"q","in":"query","schema":{"type":"string"} }""";
    private const string Total = """{"name":"total","in":"query","schema":{"type":"boolean"} }""";

    [TestCase("""{"totals":true}""", Search, Rows, "data")]
    [TestCase("""{"totals":{"currency":"money.code"} }""", Search, Rows, "data")]
    [TestCase("""{"totals":true}""", Search, NestedRows, "result.items")]
    [TestCase("""{"totals":true}""", Search, """{"type":"array","items":{"type":"object"} }""", "items")]
    public void Totals_OfAnOperation_HaveTheListAndThreeArguments(
        string extension,
        string parameter,
        string answer,
        string path
    )
    {
        var tool = Run("{}", extension, parameter, answer).Catalog.Tools.Single();
        Assert.That(tool.Rows?.Path, Is.EqualTo(path));
        Assert.That(
            tool.Arguments.Properties.Select(property => property.Name),
            Is.EqualTo(new[] { "q", "total", "where", "all_pages" })
        );
    }

    [TestCase("{}", Page, true)]
    [TestCase("{}", Search, false, Description = "no known paging")]
    [TestCase("""{"totals":false}""", Page, false)]
    public void Totals_OfTheDocument_AreThoseOfPagedOperations(string extension, string parameter, bool isExpected) =>
        Assert.That(
            Run("""{"totals":true}""", extension, parameter, Rows).Catalog.Tools.Single().Rows is not null,
            Is.EqualTo(isExpected)
        );

    [TestCase("""{"totals":true}""", Total, Rows, "have no argument named total, where or all_pages")]
    [TestCase("""{"totals":true}""", Search, """{"type":"object"}""", "answer with one list of objects")]
    [TestCase("""{"totals":{"currency":"money.cod"} }""", Search, Rows, "The rows of 'a' have no member 'money.cod'.")]
    public void Totals_ThatCannotBe_StopTheBuild(string extension, string parameter, string answer, string message)
    {
        var finding = Run("{}", extension, parameter, answer)
            .Catalog.Diagnostics.Single(item => item.Id == DiagnosticIds.OverlayMember);
        Assert.That(finding.Severity, Is.EqualTo(Severity.Error));
        Assert.That(finding.Message, Does.Contain(message).And.EndWith("Correct it in the overlay (x-mcp.totals)."));
    }

    private static GenerationPipeline Run(string document, string extension, string parameter, string answer) =>
        Fragments.Run(
            $$"""{"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-mcp":{{document}},"paths":{"/a":{"get":{"operationId":"a","x-mcp":{{extension}},"parameters":[{{parameter}}],"responses":{"200":{"description":"d","content":{"application/json":{"schema":{{answer}} } } } } } } } }"""
        );
}
