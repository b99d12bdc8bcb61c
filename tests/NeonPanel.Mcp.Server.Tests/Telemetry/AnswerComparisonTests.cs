using System.Text.Json;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>The differences between an answer and its shape that count as drift, and those that do not.</summary>
internal sealed class AnswerComparisonTests
{
    private const string Schema = """
        {"type":"object","properties":{
          "page":{"type":"integer"},"when":{"type":"string","format":"date-time"},"state":{"type":"string","enum":["number"]},
          "either":{"type":["string","integer"]},"free":{},"map":{"type":"object"},"listed":{"type":["array","string"],"items":{"type":"string"}},
          "data":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"price":{"type":"number"},"tags":{"type":"array","items":{"type":"string"}}}}}}}
        """;

    [TestCase(
        """{"page":1,"when":"2026-01-01T00:00:00Z","state":"lost","either":"a","free":[1],"data":[{"id":1,"price":2,"tags":["a"]}]}""",
        "",
        Description = "as declared"
    )]
    [TestCase("""{"page":null,"data":[null,{"id":null,"tags":null}]}""", "", Description = "null is fine")]
    [TestCase("{}", "", Description = "missing is fine")]
    [TestCase("""{"page":3.0,"either":7,"data":[{"price":1.5}]}""", "", Description = "an integer by value")]
    [TestCase("""{"map":{"whoever":{"x":1}}}""", "", Description = "an open object's names are data")]
    [TestCase(
        """{"data":[{"jane.doe@example.com":1,"7c1e4b52":1,"a name":1,"a20260101x":1}]}""",
        "",
        Description = "keys that are data"
    )]
    [TestCase("""{"total":5}""", "/total: nothing, found integer")]
    [TestCase(
        """{"data":[{"id":1},{"name":"a"},{"name":"b"},{"name":7}]}""",
        "/data/*/name: nothing, found string; /data/*/name: nothing, found integer",
        Description = "each kind once"
    )]
    [TestCase("""{"page":"1"}""", "/page: integer, found string")]
    [TestCase("""{"page":1.5}""", "/page: integer, found number")]
    [TestCase("""{"when":20260101}""", "/when: string, found integer")]
    [TestCase("""{"state":{"x":1}}""", "/state: string, found object", Description = "and nothing below it")]
    [TestCase("""{"state":"number","listed":"a"}""", "", Description = "an allowed value that reads like a type")]
    [TestCase(
        """{"state":1}""",
        "/state: string, found integer",
        Description = "an allowed value that reads like a type is none"
    )]
    [TestCase("""{"listed":[1]}""", "/listed/*: string, found integer", Description = "a list, or one text")]
    [TestCase("""{"listed":1}""", "/listed: string or array, found integer")]
    [TestCase("""{"either":true}""", "/either: string or integer, found boolean")]
    [TestCase("""{"data":{"id":1}}""", "/data: array, found object")]
    [TestCase("""{"data":[{"tags":["a",1]}]}""", "/data/*/tags/*: string, found integer")]
    [TestCase("""{"later":null}""", "/later: nothing, found null")]
    [TestCase("""[{"id":1}]""", "/items: nothing, found array", Description = "a list where an object was declared")]
    [TestCase("7", "/value: nothing, found integer")]
    public void Compare_AnAnswer_TellsWhereItsMembersDiffer(string answer, string expected) =>
        Assert.That(Told(Schema, answer), Is.EqualTo(expected));

    [TestCase("""[{"id":1},{"id":"x"}]""", "/items/*/id: integer, found string")]
    [TestCase("""{"id":1}""", "/id: nothing, found integer")]
    public void Compare_AListAtTheRoot_IsReadAsItIsHandedOver(string answer, string expected) =>
        Assert.That(
            Told(
                """{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"}}}}}}""",
                answer
            ),
            Is.EqualTo(expected)
        );

    [TestCase("""{"m":null,"open":null}""", "/m: integer, found null")]
    [TestCase("""{"m":1}""", "")]
    public void Compare_NullWhereTheTypeIsProven_Differs(string answer, string expected) =>
        Assert.That(
            Told(
                """{"type":"object","properties":{"m":{"type":"integer","proven":1},"open":{"type":"integer"}}}""",
                answer
            ),
            Is.EqualTo(expected)
        );

    [Test]
    public void Compare_AnAnswerOfWhichNothingIsDeclared_FindsNothing() =>
        Assert.That(Told("""{"type":"object"}""", """{"a":1}"""), Is.Empty);

    private static string Told(string schema, string answer) =>
        string.Join(
            "; ",
            AnswerComparison
                .Compare(AnswerShapes.Of(schema), JsonElement.Parse(answer))
                .Select(drift => $"{drift.Pointer}: {drift.Declared ?? "nothing"}, found {drift.Found}")
        );
}
