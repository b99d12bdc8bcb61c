using System.Text.Json;
using NeonPanel.Mcp.Server.Calls.Previews;
using NeonPanel.Mcp.Server.Tests.Requests;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Previews;

/// <summary>The difference between what a write sends and the present record.</summary>
internal sealed class RecordComparisonTests
{
    private static readonly RecordMember[] Members =
    [
        new("m", ["m"]),
        new("owner_id", ["owner", "id"]) { Label = ["owner", "name"] },
        new("inner", ["inner"]) { Members = [new("a", ["a"]), new("b", ["b"])] },
        new("rows", ["rows"]) { Members = [new("id", ["id"]), new("n", ["count"])] },
    ];

    [TestCase("1", "1", true)]
    [TestCase("19.50", "19.5", true)]
    [TestCase("1e2", "100", true)]
    [TestCase("19.5", "\"19.50\"", true)]
    [TestCase("\"7\"", "7", true)]
    [TestCase("\"007\"", "\"7\"", false)]
    [TestCase("\"7\"", "\"7.0\"", false)]
    [TestCase("12345678901234567890.1", "12345678901234567890.2", false)]
    [TestCase("\"2026-11-30\"", "\"2026-11-30T00:00:00Z\"", true)]
    [TestCase("\"2026-11-30\"", "\"2026-11-30T10:00:00Z\"", false)]
    [TestCase("\"a\"", "\"A\"", false)]
    [TestCase("null", "null", true)]
    [TestCase("null", "\"\"", false)]
    [TestCase("true", "false", false)]
    [TestCase("[1,2]", "[1,2.0]", true)]
    [TestCase("[1,2]", "[2,1]", false)]
    public void Compare_Values_FindsThoseThatDiffer(string sent, string old, bool isSame)
    {
        var comparison = Compare($$"""{"m":{{sent}}}""", $$"""{"m":{{old}}}""");
        Assert.That(comparison.Same, isSame ? Is.EqualTo(new[] { "m" }) : Is.Empty);
        Assert.That(
            comparison.Changes.Select(change => (change.Member, change.Old?.GetRawText(), change.New.GetRawText())),
            isSame ? Is.Empty : Is.EqualTo(new[] { ("m", (string?)old, sent) })
        );
    }

    [TestCase("""{"owner":{"id":1,"name":"Ann"}}""", "1", "Ann")]
    [TestCase("""{"owner":{"id":1}}""", "1", null)]
    [TestCase("""{"owner":null}""", "null", null)]
    [TestCase("""{"owner":{}}""", null, null)]
    [TestCase("{}", null, null)]
    public void Compare_AnId_HasTheNameOfTheOldOne(string record, string? old, string? name)
    {
        var change = Compare("""{"owner_id":2}""", record).Changes.Single();
        Assert.That((change.Old?.GetRawText(), change.OldName), Is.EqualTo((old, name)));
    }

    [Test]
    public void Compare_AnUnknownMember_IsAChangeWithoutAnOldValue()
    {
        var change = Compare("""{"other":1}""", """{"other":1}""").Changes.Single();
        Assert.That((change.Member, change.Old), Is.EqualTo(("other", (JsonElement?)null)));
    }

    [Test]
    public void Compare_AnObject_NamesItsMembers()
    {
        var comparison = Compare("""{"inner":{"a":1,"b":2,"c":3}}""", """{"inner":{"a":1,"b":5,"d":9}}""");
        Assert.That(comparison.Same, Is.EqualTo(new[] { "inner.a" }));
        Assert.That(
            comparison.Changes.Select(change => (change.Member, change.Old?.GetRawText())),
            Is.EqualTo(new[] { ("inner.b", (string?)"5"), ("inner.c", null) })
        );
    }

    [Test]
    public void Compare_Lists_PairsEqualItemsInAnyOrder()
    {
        var change = Compare(
            """{"rows":[{"id":2,"n":1},{"id":1,"n":1},{"id":1,"n":1}]}""",
            """{"rows":[{"id":1,"count":1.0},{"id":2,"count":1},{"id":3,"count":4,"note":"x"}]}"""
        )
            .Changes.Single();
        // The second of two equal items is new, because there is only one of it.
        Assert.That(change.Items!.New.Select(item => item.GetRawText()), Is.EqualTo(new[] { """{"id":1,"n":1}""" }));
        Assert.That(
            change.Items.Old.Select(item =>
                string.Join(' ', item.Values.Select(value => $"{value.Name}={value.Value.GetRawText()}"))
            ),
            Is.EqualTo(new[] { "id=3 n=4" })
        );
        Assert.That(change.Items.Same, Is.EqualTo(2));
    }

    [TestCase("""{"rows":[{"id":1,"n":1}]}""", true)]
    [TestCase("""{"rows":[{"id":1,"n":1,"extra":0}]}""", false, Description = "the record does not show 'extra'")]
    [TestCase("""{"rows":[]}""", false)]
    public void Compare_Lists_AreTheSameIfAllItemsAre(string sent, bool isSame) =>
        Assert.That(
            Compare(sent, """{"rows":[{"id":1,"count":1}]}""").Same,
            isSame ? Is.EqualTo(new[] { "rows" }) : Is.Empty
        );

    [TestCase(500, true)]
    [TestCase(501, false)]
    public void Compare_LongLists_AreNotCompared(int items, bool isCompared)
    {
        var rows = string.Join(',', Enumerable.Repeat("""{"id":1}""", items));
        var change = Compare($$"""{"rows":[{{rows}}]}""", """{"rows":[]}""").Changes.Single();
        Assert.That((change.Items is not null, change.Old), Is.EqualTo((isCompared, (JsonElement?)null)));
    }

    private static RecordComparison Compare(string sent, string record) =>
        RecordComparison.Of(
            Templates.Json(sent).EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)),
            Templates.Json(record),
            Members
        );
}
