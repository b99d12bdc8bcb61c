using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The parts that a cut leaves out of an answer, and the report about them. The report names lists and members
/// that are there, each once.</summary>
internal sealed class AnswerCutTests
{
    [Test]
    public void Take_RecordOfManyMembers_LeavesOutTheLongestAndKeepsTheLast()
    {
        var members = string.Join(',', Enumerable.Range(0, 9).Select(index => $"\"m{index}\":{index}"));
        var cut = Cut($$"""{"text":"{{new string('x', 900)}}",{{members}}}""", 500);
        Assert.That(cut.Members, Is.EqualTo(new[] { "text" }));
        Assert.That(cut.Lists, Is.Empty);
        Assert.That(Text(cut), Is.EqualTo($"{{{members}}}"));
    }

    [TestCase(1000, 0)]
    [TestCase(1001, 1)]
    public void Take_ObjectOfManyMembers_IsATableAboveAThousand(int members, int lists)
    {
        var cut = Cut(
            "{" + string.Join(',', Enumerable.Range(0, members).Select(index => $"\"m{index}\":{index}")) + "}",
            100
        );
        Assert.That(cut.Lists, Has.Count.EqualTo(lists));
        Assert.That(cut.MemberCount > 0, Is.EqualTo(lists == 0));
    }

    // A cut that was made inside the list before is not reported, because it is gone with the list.
    [Test]
    public void Take_ListOfWhichNotOneItemFits_IsReportedOnceAndNothingInside()
    {
        var item =
            $$"""{"x":[{{string.Join(',', Enumerable.Repeat($"\"{new string('a', 100)}\"", 5))}}],"name":"{{new string('y', 500)}}"}""";
        var cut = Cut($$"""{"a":[{{item}},{{item}}],"b":1}""", (2 * item.Length) + 1);
        Assert.That(cut.Lists, Is.EqualTo(new[] { ("a", 0, 2, false) }));
        Assert.That(cut.Members, Is.Empty);
        Assert.That(Text(cut), Is.EqualTo("""{"a":[],"b":1}"""));
    }

    [Test]
    public void Take_ListInAList_IsReportedFromOutsideIn()
    {
        var inner = string.Join(',', Enumerable.Range(100, 50));
        var cut = Cut($$"""{"a":[{"id":1,"b":[{{inner}}]},{"id":2,"b":[1]}]}""", 120);
        // The second item has 17 characters with its comma; 24 numbers and their commas are 95 of the other 199, of
        // which 103 must go.
        Assert.That(cut.Lists, Is.EqualTo(new[] { ("a", 1, 2, true), ("a[0].b", 24, 50, false) }));
        Assert.That(cut.Members, Is.Empty);
    }

    [TestCase("""{"a.b":[1,2,3,4,5,6,7,8,9,10,11,12]}""", "a.b")]
    [TestCase("""{"a[0]":[1,2,3,4,5,6,7,8,9,10,11,12]}""", "a[0]")]
    public void Take_ListOfTheRootWithAnOddName_IsStillAtTheTop(string json, string path)
    {
        var lists = Cut(
            json.Replace("12]", "12," + string.Join(',', Enumerable.Range(100, 100)) + "]", StringComparison.Ordinal),
            200
        ).Lists;
        Assert.That(lists.Select(list => (list.Path, list.IsTop)), Is.EqualTo(new[] { (path, true) }));
    }

    // A short member is kept, even where its value could be cut inside.
    [Test]
    public void Take_ShortList_IsLeftOutWhole()
    {
        var cut = Cut("""{"list":[1,2,3,4,5,6,7,8,9],"a":1}""", 5);
        Assert.That(cut.Members, Is.EqualTo(new[] { "list" }));
        Assert.That(cut.Lists, Is.Empty);
    }

    [Test]
    public void Take_EmptyListAndEmptyObject_AreLeftOutWhole()
    {
        var cut = Cut("""{"a":[],"b":{},"c":1}""", 100);
        Assert.That(cut.Members, Is.EquivalentTo(new[] { "a", "b", "c" }));
        Assert.That(Text(cut), Is.EqualTo("{}"));
    }

    // Where only skeletons of names would be left, the whole member goes.
    [Test]
    public void Take_WholeMembers_ReachAnySize()
    {
        var name = new string('n', 2000);
        var json = $$"""{"a":{"{{name}}":[1,2]},"b":{"{{name}}":[1,2]},"c":1}""";
        var cut = new AnswerCut(Encoding.UTF8.GetBytes(json), isWhole: true);
        Assert.That(cut.Take(3000), Is.GreaterThanOrEqualTo(3000));
        Assert.That(Text(cut), Is.EqualTo("""{"c":1}"""));
    }

    [Test]
    public void Members_LongNames_AreShownByTheirEnds()
    {
        var cut = Cut(
            $$"""{"{{new string('a', 5000)}}":{"{{new string('b', 5000)}}":{"{{new string('c', 5000)}}":"{{new string('x', 500)}}","d":1} } }""",
            400
        );
        Assert.That(
            cut.Members.Single(),
            Has.Length.LessThanOrEqualTo(161).And.StartsWith("aaaa").And.Contains("…").And.Contains(".cccc")
        );
    }

    // Lists in lists down to the deepest level, and objects in objects, each with a rest that nothing shortens.
    [TestCase("[", "]", false)]
    [TestCase("{\"b\":1,\"a\":", "}", false)]
    [TestCase("[", "]", true)]
    public void Take_DeepAnswer_IsReadAFixedNumberOfTimes(string open, string close, bool isWhole)
    {
        const int levels = 60;
        var inner = string.Join(',', Enumerable.Repeat("[]", 20_000));
        var json =
            "{\"data\":"
            + string.Concat(Enumerable.Repeat(open, levels))
            + $"[{inner}]"
            + string.Concat(Enumerable.Repeat(close, levels))
            + "}";
        var cut = new AnswerCut(Encoding.UTF8.GetBytes(json), isWhole);
        Assert.That(cut.Take(json.Length - 1000), Is.GreaterThanOrEqualTo(json.Length - 1000));
        Assert.That(cut.BytesRead, Is.LessThanOrEqualTo(16L * json.Length));
        JsonDocument.Parse(cut.Remainder()).Dispose();
    }

    [Test]
    public void Take_ListOnTheTwelfthLevel_IsStillShortened()
    {
        var list = string.Join(',', Enumerable.Range(1000, 500));
        var cut = Cut(string.Concat(Enumerable.Repeat("{\"a\":", 12)) + $"[{list}]" + new string('}', 12), 1000);
        // Each number has five characters with its comma.
        Assert.That(cut.Lists, Is.EqualTo(new[] { (string.Join('.', Enumerable.Repeat("a", 12)), 300, 500, false) }));
        Assert.That(cut.Members, Is.Empty);
    }

    [Test]
    public void Take_SpaceAroundItems_StaysWhereTheyStood()
    {
        var text = new string('x', 200);
        var cut = Cut($" [ [ \"{text}\" , 1 ] , [ ] ] \n", 5);
        Assert.That(cut.Lists, Is.EqualTo(new[] { ("", 1, 2, false) }));
        Assert.That(Text(cut), Is.EqualTo($" [ [ \"{text}\" , 1 ] ] \n"));
    }

    private static AnswerCut Cut(string json, int excess)
    {
        var cut = new AnswerCut(Encoding.UTF8.GetBytes(json));
        cut.Take(excess);
        JsonDocument.Parse(cut.Remainder()).Dispose();
        return cut;
    }

    private static string Text(AnswerCut cut) => Encoding.UTF8.GetString(cut.Remainder());
}
