using System.Text.Json;
using NeonPanel.Mcp.Server.Telemetry;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Telemetry;

/// <summary>What counts as drift between an answer and its output schema, and what does not.</summary>
internal sealed class AnswerComparisonTests
{
    private const string Schema = """
        {"type":"object","properties":{
          "page":{"description":"integer"},"when":{"description":"date-time"},"state":{"description":"open | closed"},
          "either":{"description":"string or integer"},"free":{"description":"any value"},"map":{"description":"object"},
          "data":{"items":{"properties":{"id":{"description":"integer"},"price":{"description":"number"},"tags":{"items":{"description":"string"}}}}}}}
        """;

    [TestCase("""{"page":1,"when":"2026-01-01T00:00:00Z","state":"lost","either":"a","free":[1],"data":[{"id":1,"price":2,"tags":["a"]}]}""", "", Description = "as declared")]
    [TestCase("""{"page":null,"data":[null,{"id":null,"tags":null}]}""", "", Description = "null is fine")]
    [TestCase("{}", "", Description = "missing is fine")]
    [TestCase("""{"page":3.0,"either":7,"data":[{"price":1.5}]}""", "", Description = "an integer by value")]
    [TestCase("""{"map":{"whoever":{"x":1}}}""", "", Description = "an open object's names are data")]
    [TestCase("""{"data":[{"jane.doe@example.com":1,"7c1e4b52":1,"a name":1,"a20260101x":1}]}""", "", Description = "keys that are data")]
    [TestCase("""{"total":5}""", "/total: nothing, found integer")]
    [TestCase("""{"data":[{"id":1},{"name":"a"},{"name":"b"},{"name":7}]}""", "/data/*/name: nothing, found string; /data/*/name: nothing, found integer", Description = "each kind once")]
    [TestCase("""{"page":"1"}""", "/page: integer, found string")]
    [TestCase("""{"page":1.5}""", "/page: integer, found number")]
    [TestCase("""{"when":20260101}""", "/when: string, found integer")]
    [TestCase("""{"state":{"x":1}}""", "/state: scalar, found object", Description = "and nothing below it")]
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
        Assert.That(Told("""{"type":"object","properties":{"items":{"items":{"properties":{"id":{"description":"integer"}}}}}}""", answer), Is.EqualTo(expected));

    [Test]
    public void Compare_AnAnswerOfWhichNothingIsDeclared_FindsNothing() => Assert.That(Told("""{"type":"object"}""", """{"a":1}"""), Is.Empty);

    private static string Told(string schema, string answer) => string.Join("; ", AnswerComparison.Compare(JsonElement.Parse(schema), JsonElement.Parse(answer))
        .Select(drift => $"{drift.Pointer}: {drift.Declared ?? "nothing"}, found {drift.Found}"));
}
