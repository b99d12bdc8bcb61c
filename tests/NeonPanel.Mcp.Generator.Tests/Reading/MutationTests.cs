using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>Any JSON in any place of a document gives output or diagnostics, never an exception (rule E1).</summary>
[Category("Slow")]
internal sealed class MutationTests
{
    private static readonly string Fixture = File.ReadAllText(
        Path.Combine(OurSpecification.Folder, "tests/NeonPanel.Mcp.Generator.Tests/Fixtures/features.json")
    );

    private static readonly string[] Replacements =
    [
        "null",
        "true",
        "1",
        "\"x\"",
        "[]",
        "{}",
        "[[1]]",
        "[null]",
        "{\"\":null}",
        "-1e999",
    ];

    [TestCaseSource(nameof(Replacements))]
    public void Run_AnyNodeReplaced_GivesOutputOrDiagnostics(string replacement)
    {
        var failures = new List<string>();
        foreach (var path in Paths(JsonNode.Parse(Fixture)!, []).ToList())
        {
            var document = JsonNode.Parse(Fixture)!;
            Replace(document, path, JsonNode.Parse(replacement));
            try
            {
                var pipeline = GenerationPipeline.Run(
                    new("spec.json", Encoding.UTF8.GetBytes(document.ToJsonString())),
                    null,
                    null
                );
                Assert.That(pipeline.Errors.Any() || pipeline.Emit("X").Any());
            }
            catch (FaultException fault)
            {
                Assert.That(fault.Diagnostic.Message, Is.Not.Empty);
            }
            catch (Exception exception) when (exception is not AssertionException)
            {
                failures.Add(
                    $"/{string.Join('/', path)}: {exception.GetType().Name} {exception.Message} {exception.StackTrace?.Split('\n')[0]}"
                );
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] path) =>
        node switch
        {
            JsonObject map => map.SelectMany(pair => Below(pair.Value, [.. path, pair.Key])),
            JsonArray list => list.SelectMany((item, index) => Below(item, [.. path, index])),
            _ => [],
        };

    private static IEnumerable<object[]> Below(JsonNode? node, object[] path) =>
        node is null ? [path] : Paths(node, path).Prepend(path);

    private static void Replace(JsonNode root, object[] path, JsonNode? value)
    {
        var parent = path[..^1].Aggregate(root, (node, key) => (key is int index ? node[index] : node[(string)key])!);
        switch (parent)
        {
            case JsonObject map:
                map[(string)path[^1]] = value;
                break;
            case JsonArray list:
                list[(int)path[^1]] = value;
                break;
        }
    }
}
