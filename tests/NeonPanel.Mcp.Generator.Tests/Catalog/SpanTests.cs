using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Catalog;

/// <summary>The overlay's <c>x-mcp.spans</c>: two dates that are one span.</summary>
internal sealed class SpanTests
{
    private const string Pair = """[["from","to"]]""";

    [TestCase(Pair, "{}", "date", true)]
    [TestCase(Pair, """{"spans":[]}""", "date", false, Description = "the operation has none")]
    [TestCase("[]", """{"spans":[["from","to"]]}""", "date", true)]
    [TestCase(Pair, "{}", "time", false, Description = "no dates")]
    [TestCase("""[["from","until"]]""", "{}", "date", false, Description = "one of the two")]
    public void Run_Spans_AreThoseWhoseTwoDatesTheOperationHas(
        string ofDocument,
        string ofOperation,
        string format,
        bool isSpan
    )
    {
        var catalog = Run(ofDocument, ofOperation, format).Catalog;
        Assert.That(
            catalog.Tools.Single().Spans,
            Is.EqualTo(isSpan ? new[] { new SpanModel("from", "to") } : Array.Empty<SpanModel>())
        );
        Assert.That(catalog.Diagnostics, Is.Empty);
    }

    [Test]
    public void Run_SpanOfAnOperationThatLacksTheDate_IsAnErrorThatNamesIt() =>
        Assert.That(
            Run("[]", """{"spans":[["from","until"]]}""", "date").Catalog.Diagnostics.Single().Message,
            Is.EqualTo("'sales' has no argument 'until' that is a date. Correct it in the overlay (x-mcp.spans).")
        );

    private static GenerationPipeline Run(string ofDocument, string ofOperation, string format) =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-mcp":{"spans":DOCUMENT},"paths":{"/sales":{"get":{"operationId":"sales","description":"Lists sales.","x-mcp":OPERATION,
              "parameters":[{"name":"from","in":"query","schema":{"type":"string","format":"FORMAT"}},{"name":"to","in":"query","schema":{"type":"string","format":"FORMAT"}}],
              "responses":{"204":{"description":""}}}}}}
            """.Replace("DOCUMENT", ofDocument, StringComparison.Ordinal).Replace(
                "OPERATION",
                ofOperation,
                StringComparison.Ordinal
            ).Replace("FORMAT", format, StringComparison.Ordinal)
        );
}
