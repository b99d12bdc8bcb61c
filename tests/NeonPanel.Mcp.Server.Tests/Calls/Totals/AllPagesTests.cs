using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>Rule D12: <c>all_pages</c> returns the rows of all pages, or says how to go on.</summary>
internal sealed class AllPagesTests : WholeListFixture
{
    [Test]
    public async Task AllPages_Rows_AreThoseOfTheApi()
    {
        Api.Rows = [.. Enumerable.Range(1, 200).Select(id => $$"""{"id":{{id}},"amount":{{id}}.10}""")];
        var result = await ReadAsync("pages", new() { ["all_pages"] = true });
        Assert.That(
            Plain(result),
            Is.EqualTo($$"""{"data":[{{string.Join(',', Api.Rows)}}],"rows":200,"pages":4,"complete":true}""")
        );
    }

    [TestCase("{}", true)]
    [TestCase("""{"fields":"id"}""", false, Description = "as asked")]
    [TestCase("""{"total":"count"}""", false, Description = "a total has no members to leave out")]
    public async Task AllPages_MembersLeftOut_AreNamed(string more, bool isNamed)
    {
        Api.Rows = ["""{"id":1,"amount":2.5,"vendor":{"id":1,"name":"A"}}"""];
        var arguments = JsonNode.Parse(more)!.AsObject();
        arguments["all_pages"] = true;
        var result = await CallAsync("brief", arguments);
        var notes = result["content"]!.AsArray().Skip(1).Select(block => (string)block!["text"]!);
        Assert.That(notes.Any(note => note.Contains("Also there:", StringComparison.Ordinal)), Is.EqualTo(isNamed));
    }

    [Test]
    public async Task AllPages_NothingLeftOut_HasNoNote()
    {
        Api.Rows = ["""{"id":1,"vendor":{"name":"A"}}"""];
        var result = await CallAsync("brief", new() { ["all_pages"] = true });
        Assert.That(result["content"]!.AsArray(), Has.Count.EqualTo(1), result.ToJsonString());
    }

    [Test]
    public async Task AllPages_MoreThanAnAnswerHolds_IsContinuedByTheNamedPage()
    {
        Api.Rows = [.. LedgerRows.Make(1000)];
        var ids = new List<int>();
        int? page = null;
        do
        {
            var arguments = new JsonObject { ["all_pages"] = true };
            if (page is not null)
            {
                arguments["page"] = page;
            }

            var result = await ReadAsync("pages", arguments);
            Assert.That(Plain(result), Has.Length.LessThanOrEqualTo(40_000));
            Assert.That((int?)result["first_page"], Is.EqualTo(page));
            ids.AddRange(result["data"]!.AsArray().Select(row => (int)row!["id"]!));
            var next = (string?)result["next"];
            page = next is null ? null : int.Parse(next.Split("page=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        } while (page is not null);
        Assert.That(ids.Distinct(), Is.EqualTo(Enumerable.Range(1, 1000)));
    }

    [Test]
    public async Task AllPages_False_IsAPlainCall()
    {
        var result = await ReadAsync("pages", new() { ["all_pages"] = false, ["per_page"] = 5 });
        Assert.That(result["data"]!.AsArray(), Has.Count.EqualTo(5));
        Assert.That(Api.Requests, Is.EqualTo(new[] { "/pages?per_page=5" }));
    }
}
