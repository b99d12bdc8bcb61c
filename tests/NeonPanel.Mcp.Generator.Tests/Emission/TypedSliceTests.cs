using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>NSwag is shown a large document in slices; the file is as if it were shown the whole.</summary>
internal sealed partial class TypedSliceTests
{
    private const int Operations = 260;
    private const int MembersOfAnAnswer = 3;

    // Every path has two operations of two clients, and every answer refers to a type of its own, whose members refer
    // to others of their own and to one that all share.
    private static readonly GenerationPipeline Pipeline = Fragments.Paths(
        "{"
            + string.Join(
                ',',
                Enumerable
                    .Range(0, Operations / 2)
                    .Select(index =>
                        $$"""
                            "/p{{index:000}}":{"get":{{Operation(index, index % 7)}},"post":{{Operation(
                                index + Operations,
                                6 - (index % 5)
                            )}}}
                            """
                    )
            )
            + "}",
        """{"Shared":{"type":"object","properties":{"a":{"type":"string"}}}}"""
    );

    [Test]
    public void Emit_DocumentOfSeveralSlices_CompilesWithEachTypeOnce()
    {
        TypedClientTests.AssertCompiles(Pipeline);
        var classes = Classes();
        Assert.That(classes[..^1], Is.Unique, "ApiException exists with and without a result");
        Assert.That(classes, Does.Contain("Shared"));
        Assert.That(classes.Count(name => name.EndsWith("Response", StringComparison.Ordinal)), Is.EqualTo(Operations));
    }

    // NSwag's order: clients by their first operation, types as they are named, exceptions last.
    [Test]
    public void Emit_DocumentOfSeveralSlices_KeepsTheOrderOfNSwag()
    {
        var classes = Classes();
        var clients = classes.TakeWhile(name => name.EndsWith("Client", StringComparison.Ordinal)).ToList();
        Assert.That(
            clients,
            Is.EqualTo(["T0Client", "T6Client", "T1Client", "T5Client", "T2Client", "T4Client", "T3Client"])
        );
        Assert.That(
            classes.Skip(clients.Count).Any(name => name.EndsWith("Client", StringComparison.Ordinal)),
            Is.False
        );
        Assert.That(classes[^2..], Is.EqualTo(["ApiException", "ApiException"]));
    }

    private static string Operation(int index, int client)
    {
        const string member =
            """{"type":"object","properties":{"own":{"type":"integer"},"shared":{"$ref":"#/components/schemas/Shared"}}}""";
        var members = string.Join(
            ',',
            Enumerable.Range(0, MembersOfAnAnswer).Select(number => $"\"m{number}\":{member}")
        );
        const string answer =
            """{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{MEMBERS}}}}}}""";
        return $"{{\"operationId\":\"op{index}\",\"tags\":[\"t{client}\"],\"responses\":{answer.Replace("MEMBERS", members, StringComparison.Ordinal)}}}";
    }

    private static List<string> Classes()
    {
        var file = Pipeline.Emit("Other").Single(file => file.Path == "Client/TypedClients.g.cs");
        return [.. ClassName().Matches(file.Text).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"^    public partial class (\w+)", RegexOptions.Multiline)]
    private static partial Regex ClassName();
}
