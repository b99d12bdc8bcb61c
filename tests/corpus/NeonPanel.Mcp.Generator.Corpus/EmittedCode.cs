using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Emission;

namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>The emitted C#, compiled in memory as the client and tool projects compile it.</summary>
internal static class EmittedCode
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        concurrentBuild: true,
        // As Directory.Build.props: not every generated member needs a comment.
        specificDiagnosticOptions:
        [
            KeyValuePair.Create("CS1591", ReportDiagnostic.Suppress),
            KeyValuePair.Create("CS1573", ReportDiagnostic.Suppress),
        ]
    );

    private static readonly List<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file =>
                Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(file)
                    is "NeonPanel.Client.dll"
                        or "NeonPanel.Mcp.Tools.dll"
                        or "netstandard.dll"
                        or "mscorlib.dll"
            )
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    private static readonly List<MetadataReference> Framework =
    [
        .. References.Where(reference =>
            Path.GetFileName(reference.Display)?.StartsWith("NeonPanel.", StringComparison.Ordinal) == false
        ),
    ];

    private static readonly List<SyntaxTree> HandWritten =
    [
        .. typeof(EmittedCode)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Client/", StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(typeof(EmittedCode).Assembly.GetManifestResourceStream(name)!);
                return CSharpSyntaxTree.ParseText(reader.ReadToEnd(), ParseOptions, name);
            }),
    ];

    /// <summary>Compiles; returns errors and warnings, and the assembly when there is none.</summary>
    public static (List<string> Findings, byte[]? Assembly) Compile(IEnumerable<GeneratedFile> files)
    {
        var trees = files
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path))
            .ToList();
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create("Emitted", trees, References, Options).Emit(assembly);
        var findings = result
            .Diagnostics.Where(item => item.Severity >= DiagnosticSeverity.Warning)
            .Select(item => item.ToString())
            .ToList();
        return (findings, result.Success ? assembly.ToArray() : null);
    }

    /// <summary>Compiles both halves of the client into one assembly, in one namespace, as the client library does:
    /// there a generated type may hide one that the hand-written half uses.</summary>
    public static List<string> CompileBothHalves(IEnumerable<GeneratedFile> files)
    {
        var emitted = files
            .Where(file => file.Path.StartsWith("Client/", StringComparison.Ordinal))
            .Select(file =>
                CSharpSyntaxTree.ParseText(
                    file.Text.Replace(
                        "namespace Corpus.Client",
                        "namespace NeonPanel.Client",
                        StringComparison.Ordinal
                    ),
                    ParseOptions,
                    file.Path
                )
            );
        var result = CSharpCompilation.Create("NeonPanel.Client", HandWritten.Concat(emitted), Framework, Options);
        return
        [
            .. result
                .GetDiagnostics()
                .Where(item => item.Severity >= DiagnosticSeverity.Warning)
                .Select(item => item.ToString()),
        ];
    }

    /// <summary>Reads the request of each tool out of the compiled client.</summary>
    public static Dictionary<string, RequestTemplate> Requests(byte[] assembly, CatalogModel catalog)
    {
        var context = new AssemblyLoadContext("Emitted", isCollectible: true);
        var loaded = context.LoadFromStream(new MemoryStream(assembly));
        return catalog.Tools.ToDictionary(
            tool => tool.ToolName,
            tool =>
                (RequestTemplate)
                    loaded
                        .GetType("Corpus.Client." + tool.ClientName, throwOnError: true)!
                        .GetProperty(tool.MethodName + "Request")!
                        .GetValue(null)!,
            StringComparer.Ordinal
        );
    }
}
