using System.Text;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Decision 0053: a value of another kind than the proven one is not sent under a name that has a
/// type.</summary>
internal sealed class ProvenTypesTests
{
    private const string Shape = """
        {"type":"object","properties":{
          "page":{"type":"integer","proven":1},
          "free":{"type":"string"},
          "name":{"type":"string","proven":1},
          "isNew":{"type":"boolean","proven":1},
          "rate":{"type":"number","proven":1},
          "_rate":{"type":"number"},
          "tags":{"type":"array","proven":1,"items":{"type":"string","proven":1}},
          "grid":{"type":"array","items":{"type":"array","items":{"type":"number","proven":1}}},
          "vendor":{"type":"object","properties":{"id":{"type":"integer","proven":1}}},
          "data":{"type":"array","proven":1,"items":{"type":"object","proven":1,"properties":{
            "amount":{"type":"number","proven":1},
            "lines":{"type":"array","items":{"type":"object","properties":{"rate":{"type":"number","proven":1}}}}}}}
        }}
        """;

    private const string End = ". In structuredContent, the names of these members begin with '_'.";

    [TestCase("""{"page":1,"name":"x","isNew":false,"rate":0.10,"tags":["a","b"],"data":[{"amount":1}],"free":null}""")]
    [TestCase(""" { "page" : 0 , "data" : [ { "amount" : -0.50e1 } , { } ] , "unknown" : { "page" : null } } """)]
    [TestCase("""{"rate":12345678901234567890.123456789012345678901234567890,"page":-99999999999999999999999}""")]
    [TestCase("""{"free":7,"vendor":null,"data":[],"tags":[],"grid":null}""")]
    [TestCase("""{"vendor":[{"id":"x"}],"grid":{"id":[null]}}""")]
    [TestCase("{}")]
    public void Keep_UsualAnswer_KeepsTheResult(string answer)
    {
        var result = Result(answer);
        Assert.That(ProvenTypes.Keep(Tool(), result, out var drifts), Is.SameAs(result));
        Assert.That(drifts, Is.Empty);
    }

    [TestCase("""{"page":null}""", """{"_page":null}""", "page is null, not a whole number", "/page null")]
    [TestCase("""{"page":1.0}""", """{"_page":1.0}""", "page is 1.0, not a whole number", "/page number")]
    [TestCase("""{"page":1e2}""", """{"_page":1e2}""", "page is 1e2, not a whole number", "/page number")]
    [TestCase("""{"rate":"12.50"}""", """{"__rate":"12.50"}""", "rate is \"12.50\", not a number", "/rate string")]
    [TestCase("""{"rate":1e400}""", """{"__rate":1e400}""", "rate is 1e400, not a number", "/rate number")]
    [TestCase("""{"name":{"a":1}}""", """{"_name":{"a":1}}""", "name is an object, not a text", "/name object")]
    [TestCase("""{"name":12}""", """{"_name":12}""", "name is 12, not a text", "/name integer")]
    [TestCase("""{"name":[]}""", """{"_name":[]}""", "name is a list, not a text", "/name array")]
    [TestCase("""{"isNew":1}""", """{"_isNew":1}""", "isNew is 1, not true or false", "/isNew integer")]
    [TestCase(
        """{"isNew":"Obey me"}""",
        """{"_isNew":"Obey me"}""",
        "isNew is a text, not true or false",
        "/isNew string"
    )]
    [TestCase("""{"data":{}}""", """{"_data":{}}""", "data is an object, not a list", "/data object")]
    [TestCase("""{"data":[{},null]}""", """{"_data":[{},null]}""", "data[1] is null, not an object", "/data/* null")]
    [TestCase("""{"tags":["a",true]}""", """{"_tags":["a",true]}""", "tags[1] is true, not a text", "/tags/* boolean")]
    [TestCase(
        """{"vendor":{"id":"7"}}""",
        """{"vendor":{"_id":"7"}}""",
        "vendor.id is \"7\", not a whole number",
        "/vendor/id string"
    )]
    [TestCase(
        """{"grid":[[1],[2,null]]}""",
        """{"_grid":[[1],[2,null]]}""",
        "grid[1][1] is null, not a number",
        "/grid/*/* null"
    )]
    [TestCase(
        """{ "data" : [ {"amount":0.10}, { "amount" : "0.10" , "lines":[{"rate":1},{"rate":null}]} ] , "x":1.0 }""",
        """{ "data" : [ {"amount":0.10}, { "_amount" : "0.10" , "lines":[{"rate":1},{"_rate":null}]} ] , "x":1.0 }""",
        "data[1].amount is \"0.10\", not a number; data[1].lines[1].rate is null, not a number",
        "/data/*/amount string, /data/*/lines/*/rate null"
    )]
    public void Keep_OtherKind_RenamesTheMemberAndSaysSo(string answer, string sent, string note, string places)
    {
        var kept = ProvenTypes.Keep(Tool(), Result(answer) with { Notes = ["First."] }, out var drifts);
        Assert.That(Encoding.UTF8.GetString(kept.Structured.Span), Is.EqualTo(sent));
        Assert.That(kept.Text, Is.EqualTo(answer));
        Assert.That(kept.Notes, Is.EqualTo(new[] { "First.", "The API answered unusual values: " + note + End }));
        Assert.That(string.Join(", ", drifts.Select(drift => $"{drift.Pointer} {drift.Found}")), Is.EqualTo(places));
    }

    [Test]
    public void Keep_MovedMember_KeepsWhatIsInside()
    {
        const string answer = """{"data":[{"amount":"x"},7]}""";
        var kept = ProvenTypes.Keep(Tool(), Result(answer), out _);
        Assert.That(Encoding.UTF8.GetString(kept.Structured.Span), Is.EqualTo("""{"_data":[{"amount":"x"},7]}"""));
        Assert.That(
            kept.Notes,
            Is.EqualTo(new[] { "The API answered unusual values: data[1] is 7, not an object" + End })
        );
    }

    [Test]
    public void Keep_ManyValues_DescribesThreeAndCountsTheOthers()
    {
        var answer = $$"""{"data":[{{string.Join(',', Enumerable.Repeat("""{"amount":null}""", 5000))}}]}""";
        var kept = ProvenTypes.Keep(Tool(), Result(answer), out var drifts);
        Assert.That(
            kept.Notes.Single(),
            Is.EqualTo(
                "The API answered unusual values: data[0].amount is null, not a number; data[1].amount is null, "
                    + "not a number; data[2].amount is null, not a number; and 4997 more"
                    + End
            )
        );
        Assert.That(drifts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Keep_Sentence_StaysBesideTheMembers()
    {
        var kept = ProvenTypes.Keep(Tool(), Result("""{"page":"7"}""") with { Text = "Done." }, out _);
        Assert.That(kept.Text, Is.EqualTo("Done."));
    }

    // Hosts that read structured content get a sentence in place of the text, unless the text says more.
    [Test]
    public void Keep_HostOfStructuredContent_GetsTheWholeText()
    {
        const string answer = """{"page":"7"}""";
        var kept = ResultSentence.Apply(Tool(), ProvenTypes.Keep(Tool(), Result(answer), out _));
        Assert.That(kept.Text, Is.EqualTo(answer));
    }

    [Test]
    public void Keep_ToolWithoutTypes_KeepsTheResult()
    {
        var result = Result("""{"page":null}""");
        Assert.That(ProvenTypes.Keep(Tool(isTyped: false), result, out _), Is.SameAs(result));
    }

    private static ToolResult Result(string answer) => new(null, Encoding.UTF8.GetBytes(answer), IsError: false);

    private static ToolDescriptor Tool(bool isTyped = true) =>
        new()
        {
            Name = "list",
            Title = "List",
            Description = "",
            OperationId = null,
            Method = "GET",
            Path = "/",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 1,
            Arguments = ValueShape.Anything,
            HasProvenTypes = isTyped,
            MakeAnswer = () => AnswerShapes.Of(Shape),
            Call = (_, _, _, _) => throw new NotSupportedException(),
        };
}
