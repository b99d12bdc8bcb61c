using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Emission;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Catalog;

internal sealed class MediaTypesTests
{
    [TestCase("application/json", false)]
    [TestCase("application/json, text/csv", false)]
    [TestCase("application/vnd.api+json, application/xml, application/x-ndjson", false)]
    [TestCase("*/*", false)]
    [TestCase("application/json, image/png", true)]
    [TestCase("audio/wav", true)]
    [TestCase("application/pdf", true)]
    [TestCase("multipart/mixed", true)]
    public void HaveBytes_TypesOfAnswers_AreJudged(string accept, bool expected) =>
        Assert.That(MediaTypes.HaveBytes(accept), Is.EqualTo(expected));

    [TestCase("image/png", true)]
    [TestCase("application/json", false)]
    public void Descriptor_OfAnAnswer_SaysWhetherItHasBytes(string type, bool expected)
    {
        var catalog = Fragments
            .Paths(
                """{"/a":{"get":{"operationId":"a","responses":{"200":{"description":"d","content":{"TYPE":{}}}}}}}""".Replace(
                    "TYPE",
                    type
                )
            )
            .Catalog;
        Assert.That(
            ToolEmitter
                .Emit(catalog, "Other")
                .Any(file => file.Text.Contains("AnswersBytes = true", StringComparison.Ordinal)),
            Is.EqualTo(expected)
        );
    }
}
