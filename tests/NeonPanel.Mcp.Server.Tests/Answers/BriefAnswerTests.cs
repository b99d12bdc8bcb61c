using System.Net;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The members that an answer has by default (<c>x-mcp.brief</c>), the note about the others, and the notice
/// about ignored arguments.</summary>
internal sealed class BriefAnswerTests
{
    private const string Answer =
        """{"page":{"next":2},"last_page":3,"current_page":1,"filters":{"day":"2026-01-02"},"data":[{"id":1.0,"link":"l","owner":{"id":7,"name":"N"},"lines":[{"n":1,"sku":"S"},{"n":2,"sku":null}]},{"id":2}]}""";

    private const string Note = "Also there: page, link; more in owner, lines (fields=* for all).";

    [Test]
    public void Read_WithoutFields_HasTheBriefMembersAndNamesTheOthers()
    {
        var result = Read(Tool(), "{}");
        Assert.That(
            Text(result),
            Is.EqualTo(
                """{"last_page":3,"current_page":1,"data":[{"id":1.0,"owner":{"name":"N"},"lines":[{"n":1},{"n":2}]},{"id":2}]}"""
            )
        );
        Assert.That(result.Notes, Is.EqualTo(new[] { "Page 1 of 3.", Note }));
    }

    [TestCase("*", Answer)]
    [TestCase("link", """{"last_page":3,"current_page":1,"data":[{"link":"l"},{}]}""")]
    public void Read_WithFields_HasThoseWithoutANote(string fields, string expected)
    {
        var result = Read(Tool(), $$"""{"fields":"{{fields}}"}""");
        Assert.That(Text(result), Is.EqualTo(expected));
        Assert.That(result.Notes, Is.EqualTo(new[] { "Page 1 of 3." }));
    }

    // Nothing is missing, or only the filters, which repeat what the caller sent.
    [TestCase("""{ "data": [] }""", """{"data":[]}""")]
    [TestCase("""{"filters":{},"data":[{"id":1}]}""", """{"data":[{"id":1}]}""")]
    public void Read_NothingLeftOut_HasNoNote(string answer, string expected)
    {
        var result = Read(Tool(), "{}", answer);
        Assert.That(Text(result), Is.EqualTo(expected));
        Assert.That(result.Notes, Is.Empty);
    }

    [Test]
    public void Read_ToolWithoutBrief_KeepsTheBytes()
    {
        var answer = Encoding.UTF8.GetBytes(Answer);
        var result = Read(Tool(isBrief: false), "{}", Answer);
        Assert.That(result.Structured.ToArray(), Is.EqualTo(answer));
    }

    // 'fields' takes the filters away, and the difference is told all the same.
    [TestCase("""{"day":"2026-01-03"}""")]
    [TestCase("""{"day":"2026-01-03","fields":"id"}""")]
    [TestCase("""{"day":"2026-01-03","fields":"*"}""")]
    public void Read_IgnoredArgument_IsInNoticeAndNotes(string arguments)
    {
        const string difference =
            "The API may have ignored arguments: in its answer, day is 2026-01-02, not 2026-01-03.";
        var result = Read(Tool(), arguments);
        Assert.That(result.Notes[0], Is.EqualTo(difference));
        var answer = JsonElement.Parse(NoticedAnswer.Of(result).Span);
        Assert.That(
            answer.GetProperty("notice").GetString(),
            Is.EqualTo(string.Join('\n', result.Notes)).And.StartsWith(difference)
        );
        Assert.That(answer.GetProperty("data").GetArrayLength(), Is.EqualTo(2));
        Assert.That(result.IsCut, Is.False);
    }

    [Test]
    public void Read_AppliedArgument_HasNoNotice()
    {
        var result = Read(Tool(), """{"day":"2026-01-02","fields":"id"}""");
        Assert.That(Text(result), Does.Not.Contain("notice"));
        Assert.That(result.Notes, Is.EqualTo(new[] { "Page 1 of 3." }));
    }

    [Test]
    public void Read_IgnoredArgumentOfALongAnswer_SharesTheNoticeWithinTheLimit()
    {
        var rows = string.Join(',', Enumerable.Range(1, 500).Select(id => $$"""{"id":{{id}},"link":"x"}"""));
        var result = Read(
            Tool(),
            """{"day":"2026-01-03"}""",
            $$"""{"filters":{"day":"2026-01-02"},"data":[{{rows}}]}""",
            maxChars: 2000
        );
        Assert.That(result.IsCut, Is.True);
        Assert.That(NoticedAnswer.Of(result).Length, Is.LessThanOrEqualTo(2000));
        var notices = JsonElement
            .Parse(NoticedAnswer.Of(result).Span)
            .EnumerateObject()
            .Where(member => member.Name.EndsWith("notice", StringComparison.Ordinal))
            .ToList();
        Assert.That(
            notices.Single().Value.GetString(),
            Does.StartWith("The API may have ignored arguments: ").And.Contains("of 500 items of data are here")
        );
    }

    // An answer of almost the largest size leaves no room for the notice.
    [Test]
    public void Read_IgnoredArgumentOfAnAnswerAtTheLimit_IsShortened()
    {
        var answer =
            $$"""{"filters":{"day":"2026-01-02"},"data":[{"id":"{{new string('x', 1000)}}"},{"id":"{{new string('x', 920)}}"}]}""";
        Assert.That(Read(Tool(), """{"fields":"*"}""", answer, maxChars: 2000).IsCut, Is.False);
        var result = Read(Tool(), """{"day":"2026-01-03","fields":"*"}""", answer, maxChars: 2000);
        Assert.That(result.IsCut, Is.True);
        Assert.That(NoticedAnswer.Of(result).Length, Is.LessThanOrEqualTo(2000));
    }

    [Test]
    public void Note_OfManyMembers_NamesTheFirst()
    {
        var members = string.Join(
            ',',
            Enumerable.Range(1, 20).Select(number => $"\"m{number}\":{{\"type\":\"string\"}}")
        );
        var tool = Tool(
            shape: $$$"""{"type":"object","properties":{"id":{"type":"number"},{{{members}}}}}""",
            brief: ["id"]
        );
        Assert.That(
            Read(tool, "{}", """{"id":1,"m1":2}""").Notes.Single(),
            Is.EqualTo("Also there: m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, … (fields=* for all).")
        );
    }

    [Test]
    public void Note_OfObjectsInPartAlone_NamesThose() =>
        Assert.That(
            Read(
                Tool(
                    shape: """{"type":"object","properties":{"owner":{"type":"object","properties":{"id":{},"name":{}}}}}""",
                    brief: ["owner.name"]
                ),
                "{}",
                """{"owner":{"id":1,"name":"N"}}"""
            )
                .Notes.Single(),
            Is.EqualTo("Also there: more in owner (fields=* for all).")
        );

    private static ToolResult Read(ToolDescriptor tool, string arguments, string answer = Answer, int maxChars = 40_000)
    {
        var catalog = new ToolCatalog([tool])
        {
            SpecificationTitle = "API",
            SpecificationVersion = "1",
            Hash = "0000000000000000",
            Instructions = [],
            ServerAddress = null,
            Scopes = [],
            Profiles = ["all"],
        };
        var upstream = new UpstreamOptions(
            new("https://api.example.test/"),
            TimeSpan.FromSeconds(15),
            TimeSpan.FromSeconds(3),
            1024 * 1024,
            8,
            0
        );
        var sent = JsonElement.Parse(arguments);
        var violations = new List<string>();
        var fields = FieldSelection.Read(tool, sent, violations);
        Assert.That(violations, Is.Empty);
        return new AnswerReader(
            new(ResultTextMode.Auto, maxChars),
            new(catalog, TimeProvider.System),
            new(catalog, upstream)
        ).Read(
            tool,
            sent,
            new(
                new(HttpStatusCode.OK, "application/json", null, Encoding.UTF8.GetBytes(answer), null),
                "application/json",
                null
            ),
            fields
        );
    }

    private static string Text(ToolResult result) => Encoding.UTF8.GetString(result.Structured.Span);

    private static ToolDescriptor Tool(bool isBrief = true, string? shape = null, string[]? brief = null) =>
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
            MakeAnswer = () =>
                AnswerShapes.Of(
                    shape
                        ?? """
                        {"type":"object","properties":{"page":{"type":"object"},"last_page":{"type":"number"},"current_page":{"type":"number"},"filters":{"type":"object"},
                        "data":{"type":"array","items":{"type":"object","properties":{"id":{"type":"number"},"link":{"type":"string"},
                        "owner":{"type":"object","properties":{"id":{"type":"number"},"name":{"type":"string"}}},
                        "lines":{"type":"array","items":{"type":"object","properties":{"n":{"type":"number"},"sku":{"type":"string"}}}}}}}}}
                        """
                ),
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = [],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = ValueShape.Anything,
            TakesFields = true,
            Brief = isBrief ? brief ?? ["data.id", "data.owner.name", "data.lines.n"] : [],
            EchoMembers = ["filters"],
            Echoes = [new("day", ["filters", "day"], EchoKind.Complete)],
            Call = (_, _, _, _) => throw new InvalidOperationException(),
        };
}
