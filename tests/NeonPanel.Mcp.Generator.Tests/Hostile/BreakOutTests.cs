using System.Text;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Hostile;

/// <summary>Text of the specification reaches C# as quoted literals and comments only, whatever position it stands in
/// (rule E1). Roslyn is the judge.</summary>
[Category("Slow")]
[Parallelizable(ParallelScope.All)]
internal sealed class BreakOutTests
{
    private const int Thinning = 3;
    private const string Marker = "pwned";

    private static readonly string Fixture = File.ReadAllText(
        Path.Combine(OurSpecification.Folder, "tests/NeonPanel.Mcp.Generator.Tests/Fixtures/features.json")
    );

    // Each tries to leave one kind of place; line ends of C# are CR, LF, U+0085, U+2028 and U+2029.
    private static readonly string[] Texts =
    [
        "\"; System.Environment.Exit(pwned); //",
        "\"\"\" + pwned + \"\"\"",
        "\"\"\"\"\"\"\nclass pwned { }",
        "{pwned} {{pwned}} $\"{pwned}\"",
        "*/ class pwned { } /*",
        "\r\nclass pwned { }",
        "\u2028class pwned { }",
        "\u0085class pwned { }",
        "</summary><pwned/>]]>&pwned;",
        "\\\"; pwned();",
        "\n#pragma warning disable\n#error pwned",
        "\\u0022; pwned(); \\u0022",
        "@\"pwned\"\"",
        "../../../pwned",
        "C:\\pwned; $(pwned) @(pwned) %2e%2e/pwned",
    ];

    [TestCaseSource(nameof(Texts))]
    public void Emit_TextInEveryValue_StaysALiteralOrAComment(string text)
    {
        foreach (var (place, document) in Every(Thinning, text, Documents(text)))
        {
            AssertHarmless(place, document);
        }
    }

    [TestCaseSource(nameof(Texts))]
    public void Emit_TextInEveryName_StaysALiteralOrAComment(string text)
    {
        foreach (var (place, document) in Every(Thinning, text, Renamed(text)))
        {
            AssertHarmless(place, document);
        }
    }

    // Each text in a third of the places, so that each place has a third of the texts.
    private static IEnumerable<T> Every<T>(int n, string text, IEnumerable<T> places) =>
        places.Where((_, index) => index % n == Array.IndexOf(Texts, text) % n);

    private static void AssertHarmless(string place, JsonNode document)
    {
        GenerationPipeline pipeline;
        try
        {
            pipeline = GenerationPipeline.Run(
                new("spec.json", Encoding.UTF8.GetBytes(document.ToJsonString())),
                null,
                null
            );
        }
        catch (FaultException)
        {
            return; // refused, which is harmless
        }

        if (pipeline.Errors.Any())
        {
            return;
        }

        foreach (var file in pipeline.Emit("X"))
        {
            Assert.That(file.Path, Does.Match(@"^(Client/|Tools/|)[A-Za-z][A-Za-z0-9.]*\.(cs|json)\z"), place);
            if (file.Path.EndsWith(".cs", StringComparison.Ordinal))
            {
                AssertHarmless(place, file);
            }
        }
    }

    private static void AssertHarmless(string place, GeneratedFile file)
    {
        var tree = CSharpSyntaxTree.ParseText(file.Text, new(documentationMode: DocumentationMode.Diagnose));
        Assert.That(tree.GetDiagnostics(), Is.Empty, $"{place} in {file.Path}");
        // Names are made in PascalCase, so the marker as it is written can only be code that was broken out to.
        Assert.That(
            tree.GetRoot()
                .DescendantTokens()
                .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is Marker or "Exit"),
            Is.Empty,
            $"{place} in {file.Path}"
        );
        foreach (
            var comment in tree.GetRoot()
                .DescendantTrivia()
                .Where(trivia => trivia.ToString().Contains(Marker, StringComparison.Ordinal))
        )
        {
            Assert.That(
                comment.Kind(),
                Is.EqualTo(SyntaxKind.SingleLineDocumentationCommentTrivia)
                    .Or.EqualTo(SyntaxKind.SingleLineCommentTrivia),
                $"{place} in {file.Path}"
            );
        }
    }

    private static IEnumerable<(string Place, JsonNode Document)> Documents(string text)
    {
        foreach (var path in Paths(JsonNode.Parse(Fixture)!, []).ToList())
        {
            var document = JsonNode.Parse(Fixture)!;
            var parent = path[..^1]
                .Aggregate(document, (node, key) => (key is int index ? node[index] : node[(string)key])!);
            if (parent is JsonObject map)
            {
                map[(string)path[^1]] = text;
            }
            else
            {
                ((JsonArray)parent)[(int)path[^1]] = text;
            }

            yield return ("/" + string.Join('/', path), document);
        }
    }

    private static IEnumerable<(string Place, JsonNode Document)> Renamed(string text)
    {
        foreach (var path in Objects(JsonNode.Parse(Fixture)!, []).ToList())
        {
            var document = JsonNode.Parse(Fixture)!;
            var map = path.Aggregate(document, (node, key) => (key is int index ? node[index] : node[(string)key])!)
                .AsObject();
            foreach (var name in map.Select(pair => pair.Key).ToList())
            {
                var copy = JsonNode.Parse(Fixture)!;
                var there = path.Aggregate(copy, (node, key) => (key is int index ? node[index] : node[(string)key])!)
                    .AsObject();
                var value = there[name]?.DeepClone();
                there.Remove(name);
                // A path must begin with '/' to be taken at all.
                there[path is ["paths"] ? "/" + text : text] = value;
                yield return ("/" + string.Join('/', path.Append(name)), copy);
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] path) =>
        node switch
        {
            JsonObject map => map.SelectMany(pair => Below(pair.Value, [.. path, pair.Key])),
            JsonArray list => list.SelectMany((item, index) => Below(item, [.. path, index])),
            _ => [],
        };

    private static IEnumerable<object[]> Below(JsonNode? node, object[] path) =>
        node is JsonValue ? [path]
        : node is null ? []
        : Paths(node, path);

    private static IEnumerable<object[]> Objects(JsonNode? node, object[] path) =>
        node switch
        {
            JsonObject map => map.SelectMany(pair => Objects(pair.Value, [.. path, pair.Key])).Prepend(path),
            JsonArray list => list.SelectMany((item, index) => Objects(item, [.. path, index])),
            _ => [],
        };
}
