using System.Text;
using NeonPanel.Mcp.Generator.Pipeline;

namespace NeonPanel.Mcp.Generator.Tests.Pipeline;

/// <summary>Small documents, and what the pipeline makes of them with an overlay.</summary>
internal static class OverlaidDocuments
{
    public static byte[] Fragment(string paths) =>
        Encoding.UTF8.GetBytes($$"""{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{{paths}}}""");

    public static GenerationPipeline Overlaid(string action) =>
        GenerationPipeline.Run(
            new("spec.json", Fragment("""{"/a":{"get":{"operationId":"readA","responses":{}}}}""")),
            new("overlay.json", Encoding.UTF8.GetBytes("{\"overlay\":\"1.0.0\",\"actions\":[" + action + "]}")),
            null
        );
}
