using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests;

/// <summary>The emitted client, compiled as the client library compiles it.</summary>
internal static class CompiledClient
{
    public static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable
    );

    private static readonly List<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file =>
                Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(file) is "netstandard.dll" or "mscorlib.dll"
            )
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>Gets what emitted code refers to.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Framework,
        MetadataReference.CreateFromFile(typeof(RequestTemplate).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ToolDescriptor).Assembly.Location),
    ];

    /// <summary>Compiles both halves of the client into one assembly; returns errors and warnings.</summary>
    public static IEnumerable<string> FindingsOfBothHalves(GenerationPipeline pipeline)
    {
        var assembly = typeof(CompiledClient).Assembly;
        var written = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith("Client/", StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return CSharpSyntaxTree.ParseText(reader.ReadToEnd(), path: name);
            });
        var compilation = CSharpCompilation.Create(
            "NeonPanel.Client",
            Trees(pipeline, "NeonPanel", "Client/").Concat(written),
            Framework,
            Options
        );
        return compilation
            .GetDiagnostics()
            .Where(item => item.Severity >= DiagnosticSeverity.Warning)
            .Select(item => item.ToString());
    }

    /// <summary>The request that the compiled client sends.</summary>
    public static HttpRequestMessage Request(GenerationPipeline pipeline, string toolName, string arguments)
    {
        var tool = pipeline.Catalog.Tools.Single(tool => tool.ToolName == toolName);
        using var stream = new MemoryStream();
        var result = CSharpCompilation
            .Create("Emitted", Trees(pipeline, "Test", "Client/"), References, Options)
            .Emit(stream);
        Assert.That(result.Diagnostics.Where(item => item.Severity >= DiagnosticSeverity.Warning), Is.Empty);
        var loaded = new AssemblyLoadContext(name: null, isCollectible: true).LoadFromStream(
            new MemoryStream(stream.ToArray())
        );
        var template = (RequestTemplate)
            loaded
                .GetType("Test.Client." + tool.ClientName, throwOnError: true)!
                .GetProperty(tool.MethodName + "Request")!
                .GetValue(null)!;
        using var document = JsonDocument.Parse(arguments);
        return RequestBuilder.Build(template, new("https://api.test"), document.RootElement);
    }

    /// <summary>Reads the emitted C# of one folder, or of all.</summary>
    public static IEnumerable<SyntaxTree> Trees(GenerationPipeline pipeline, string @namespace, string folder = "") =>
        pipeline
            .Emit(@namespace)
            .Where(file =>
                file.Path.StartsWith(folder, StringComparison.Ordinal)
                && file.Path.EndsWith(".cs", StringComparison.Ordinal)
            )
            .Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path));
}
