using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Calls;

/// <summary>The tools of a document as the server calls them: emitted, compiled, their arguments read by the server's
/// own reader, the request taken where it would leave for the API.</summary>
internal sealed class CalledTools
{
    private readonly ToolCatalog catalog;

    public CalledTools(GenerationPipeline pipeline)
    {
        using var stream = new MemoryStream();
        var result = CSharpCompilation
            .Create(
                "Emitted",
                CompiledClient.Trees(pipeline, "Test"),
                CompiledClient.References,
                CompiledClient.Options
            )
            .Emit(stream);
        Assert.That(
            result.Diagnostics.Where(item => item.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning),
            Is.Empty
        );
        stream.Position = 0;
        var create = new AssemblyLoadContext(name: null, isCollectible: true)
            .LoadFromStream(stream)
            .GetType("Test.Mcp.Tools.Generated.GeneratedCatalog", throwOnError: true)!
            .GetMethod("Create")!;
        catalog = (ToolCatalog)create.Invoke(null, null)!;
    }

    /// <summary>Calls a tool.</summary>
    /// <returns>The request in one text: method, target, the API's own headers, media type and body. Or <c>refused:</c>
    /// with the violations. What was repaired comes first, as <c>repaired:</c>.</returns>
    public async Task<string> CallAsync(string name, string arguments)
    {
        Assert.That(catalog.TryGet(name, out var tool), Is.True, $"no tool {name}");
        using var document = JsonDocument.Parse(arguments);
        var read = ArgumentReader.Read(tool!, document.RootElement);
        if (read.Violations.Count > 0)
        {
            return "refused: " + string.Join(" | ", read.Violations);
        }

        using var wire = new Wire();
        using var http = new HttpClient(wire) { BaseAddress = new("https://api.test") };
        await tool!.Call(http, read.Value, null, CancellationToken.None);
        return string.Concat(read.Repairs.Select(repair => $"repaired: {repair.Receipt} ")) + wire.Sent;
    }

    private sealed class Wire : HttpMessageHandler
    {
        public string Sent { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Sent = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            if (request.Content is { Headers.ContentType: { } type } content)
            {
                Sent += $" {type.MediaType} {await content.ReadAsStringAsync(cancellationToken)}";
            }

            return new() { Content = new StringContent("{}") };
        }
    }
}
