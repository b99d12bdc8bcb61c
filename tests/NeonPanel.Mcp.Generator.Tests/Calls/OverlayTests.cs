using System.Text;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Calls;

/// <summary>Additions that the overlay makes to a parameter hold for the request that is sent (decision
/// 0025).</summary>
[Category("Slow")]
internal sealed class OverlayTests
{
    private const string Specification = """
        {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/items/{sku}":{"get":{"operationId":"readItem",
         "parameters":[{"name":"sku","in":"path","required":true,"schema":{"type":"string"}}],"responses":{}}}}}
        """;

    private const string Overlay = """
        {"overlay":"1.0.0","info":{"title":"t","version":"1"},"actions":[{"target":"$.paths['/items/{sku}'].get.parameters[0]",
         "description":"The API's proxy decodes %2F.","update":{"schema":{"pattern":"^[^/#%]+$"}}}]}
        """;

    // Without a pattern, these arrive inside their segment (RFC 6570 §3.2.2).
    [TestCase("AB/12", "GET /items/AB%2F12")]
    [TestCase("SHIRT#1", "GET /items/SHIRT%231")]
    [TestCase("50%", "GET /items/50%25")]
    public async Task Call_PathValue_IsEncodedUnlessTheOverlayForbidsIt(string sku, string expected)
    {
        var arguments = "{\"sku\":\"" + sku + "\"}";
        Assert.That(await Tools(null).CallAsync("readItem", arguments), Is.EqualTo(expected));
        Assert.That(
            await Tools(Overlay).CallAsync("readItem", arguments),
            Is.EqualTo("refused: Argument 'sku' must match the pattern ^[^/#%]+$, but does not.")
        );
    }

    [Test]
    public async Task Call_PathValueThatTheOverlayAllows_IsSent() =>
        Assert.That(await Tools(Overlay).CallAsync("readItem", """{"sku":"AB-12"}"""), Is.EqualTo("GET /items/AB-12"));

    private static CalledTools Tools(string? overlay) =>
        new(
            GenerationPipeline.Run(
                new("spec.json", Encoding.UTF8.GetBytes(Specification)),
                overlay is null ? null : new("overlay.json", Encoding.UTF8.GetBytes(overlay)),
                null
            )
        );
}
