using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Transport;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Rule D10: each note is in the structured content and in the text, on both paths.</summary>
internal sealed class NoticeTests
{
    [TestCase("""{"a":1}""", """{"notice":"One.\nTwo \"2\".","a":1}""")]
    [TestCase(" \n{ \"a\" : 1.0 , \"b\":{}\t} ", """{"notice":"One.\nTwo \"2\".","a" : 1.0 , "b":{}}""")]
    [TestCase("{ }", """{"notice":"One.\nTwo \"2\"."}""")]
    [TestCase("""{"a":"}"}""", """{"notice":"One.\nTwo \"2\".","a":"}"}""")]
    public void Write_Notes_AreTheFirstMember(string answer, string expected) =>
        Assert.That(Written(answer, hasOwnNotice: false, "One.", "Two \"2\"."), Is.EqualTo(expected));

    [Test]
    public void Write_AnswerWithANoticeOfItsOwn_KeepsIt() =>
        Assert.That(
            Written("""{"notice":"mine"}""", hasOwnNotice: true, "One."),
            Is.EqualTo("""{"_notice":"One.","notice":"mine"}""")
        );

    [Test]
    public void Write_NoNotes_KeepsTheBytes() =>
        Assert.That(Written(" { \"a\" : 1 } ", hasOwnNotice: false), Is.EqualTo(" { \"a\" : 1 } "));

    [TestCase("2025-06-18")]
    [TestCase("2026-07-28")]
    public async Task Call_WithRepairsPagesAndIgnoredArguments_HasAllNotesInBothPlaces(string revision)
    {
        const string answer =
            """{"current_page":1,"last_page":3,"per_page":10,"filters":{"search":null},"data":[{"id":904}]}""";
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync(answer));
        await using var paths = await TwoPaths.StartAsync(api.Address);
        foreach (var client in new[] { paths.Fast, paths.Slow })
        {
            var sent = JsonNode.Parse(
                """{"companyUuid":"7c1e4b52-9d30-4f61-8a2b-3e5d7f90a1c4","perPage":"10","search":"x","fields":"*"}"""
            );
            var call = new JsonObject { ["name"] = "bills_list", ["arguments"] = sent };
            Check((await client.SendAsync("/mcp", revision, "tools/call", call)).Result, answer);
        }
    }

    private static void Check(JsonNode result, string answer)
    {
        var notice = result["structuredContent"]!["notice"]!.ToString();
        Assert.That(result["content"]![1]!["text"]!.ToString(), Is.EqualTo(notice));
        Assert.That(result["content"]![0]!["text"]!.ToString(), Is.EqualTo(answer));
        Assert.That(
            notice.Split('\n'),
            Is.EqualTo(
                new[]
                {
                    "perPage was read as per_page.",
                    "per_page was text; it was read as a number.",
                    "The API may have ignored arguments: in its answer, search is missing.",
                    "Page 1 of 3; page=2 has the next.",
                }
            )
        );
    }

    private static string Written(string answer, bool hasOwnNotice, params string[] notes) =>
        Encoding.UTF8.GetString(
            NoticedAnswer
                .Of(new(null, Encoding.UTF8.GetBytes(answer), false) { Notes = notes, HasOwnNotice = hasOwnNotice })
                .Span
        );
}
