using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>The targets of an overlay's actions. Newtonsoft.Json's JSONPath is the judge.</summary>
internal sealed class OverlayTargetTests
{
    private const string Document = """
        {"paths":{"/a":{"get":{"parameters":[{"name":"x","in":"query"},{"name":"y"},{"name":7},"x",{"other":1}]},"put":{"parameters":[{"name":"x"}]}},
          "/b":{"get":{"parameters":[{"name":"it is"},{"name":"x","schema":{"format":"uuid"}}]},"summary":"text"}},"list":[[1],[2,3]]}
        """;

    [TestCase("$.paths.*.*.parameters[?(@.name=='x')]")]
    [TestCase("$.paths.*.*.parameters[?(@.name == 'x')].schema.format")]
    [TestCase("$.paths.*.*.parameters[?(@.name=='it is')]")]
    [TestCase("$.paths['/a'].*.parameters[*]")]
    [TestCase("$.list[*][*]")]
    [TestCase("$.paths.*.summary.none")]
    [TestCase("$..parameters[0]")]
    [TestCase("$.list[1][0]")]
    [TestCase("$.paths.*.*.parameters[?(@.name=='x' && @.in=='query')]")]
    [TestCase("$")]
    public void Find_Target_MatchesWhatTheJudgeFinds(string target)
    {
        var expected = JToken.Parse(Document).SelectTokens(target).Select(token => token.Path).ToList();
        var found = OverlayTarget.Find(JsonNode.Parse(Document)!.AsObject(), target).Select(Path).ToList();
        Assert.That(found, Is.EqualTo(expected));
    }

    // RFC 9535 §2.3.2.2: both forms of the wildcard select the members of an object and the items of a list. The judge
    // differs.
    [TestCase("$.list.*", "list[0]", "list[1]")]
    [TestCase("$.paths[*].summary", "paths['/b'].summary")]
    public void Find_EitherWildcard_SelectsMembersAndItems(string target, params string[] expected) =>
        Assert.That(
            OverlayTarget.Find(JsonNode.Parse(Document)!.AsObject(), target).Select(Path),
            Is.EqualTo(expected)
        );

    [Test]
    public void Find_NamesInDoubleQuotes_AreFound() =>
        Assert.That(
            OverlayTarget.Find(JsonNode.Parse(Document)!.AsObject(), """$["paths"]["/b"].summary""").Select(Path),
            Is.EqualTo(["paths['/b'].summary"])
        );

    [TestCase("$[")]
    [TestCase("$.paths[?(@.name ==)]")]
    public void Find_NoPath_IsAFormatException(string target) =>
        Assert.That(
            () => OverlayTarget.Find(JsonNode.Parse(Document)!.AsObject(), target).ToList(),
            Throws.TypeOf<FormatException>()
        );

    // As Newtonsoft.Json writes a path.
    private static string Path(IReadOnlyList<object> keys) =>
        string.Concat(
            keys.Select(
                (key, index) =>
                    key switch
                    {
                        int position => $"[{position}]",
                        string name when name.All(char.IsAsciiLetter) => index == 0 ? name : "." + name,
                        _ => $"['{key}']",
                    }
            )
        );
}
