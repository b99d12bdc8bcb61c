using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>The limits of reading arguments: what counts as none, what is too much, and what a message shows.</summary>
internal sealed class ArgumentReaderTests
{
    private static readonly ToolDescriptor Tool = GeneratedCatalog.Create().TryGet("listCompanies", out var tool)
        ? tool
        : throw new ArgumentException("none");

    [TestCase(null)]
    [TestCase("null")]
    [TestCase("{}")]
    public void Read_NoArguments_AreAnEmptyObject(string? sent)
    {
        var read = ArgumentReader.Read(Tool, sent is null ? default : JsonElement.Parse(sent));
        Assert.That(read.Violations, Is.Empty);
        Assert.That(read.Value.GetRawText(), Is.EqualTo("{}"));
    }

    // A repair would keep one of the two.
    [Test]
    public void Read_MemberTwiceBesideARepair_IsNotRepaired()
    {
        var read = ArgumentReader.Read(Tool, JsonElement.Parse("""{"page":1,"page":2,"perPage":"5"}"""));
        Assert.That(read.Violations, Has.Count.EqualTo(1).And.One.Contains("page"));
        Assert.That(read.Repairs, Is.Empty);
    }

    [TestCase(64, "")]
    [TestCase(65, "…")]
    public void Name_UpToSixtyFourLetters_IsShownWhole(int length, string end) =>
        Assert.That(ArgumentPath.Shown(new('x', length)), Is.EqualTo(new string('x', 64) + end));

    [TestCase(100, false)]
    [TestCase(101, true)]
    public void Repair_BeyondAHundredFaults_IsGivenUp(int faults, bool isStopped)
    {
        var sent = $"[{string.Join(',', Enumerable.Repeat("\"no number\"", faults))}]";
        var repaired = ArgumentRepair.Of(
            Shapes.Of("""{"type":"array","items":{"type":"integer"}}"""),
            JsonElement.Parse(sent),
            new()
        );
        Assert.That(repaired.IsStopped, Is.EqualTo(isStopped));
    }

    // Sixty repairs in objects of objects: only what has no fault inside counts as a fault of its own.
    [Test]
    public void Repair_OfWhatLiesDeep_CountsOnce()
    {
        var sent = $"[{string.Join(',', Enumerable.Repeat("""{"a":{"b":"5"}}""", 60))}]";
        var repaired = ArgumentRepair.Of(
            Shapes.Of(
                """{"type":"array","items":{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"integer"}}}}}}"""
            ),
            JsonElement.Parse(sent),
            new()
        );
        Assert.That(repaired.IsStopped, Is.False);
        Assert.That(repaired.Repairs, Has.Count.EqualTo(60));
    }

    [Test]
    public void Repair_OfAValueWithAPattern_FollowsThePattern()
    {
        var repaired = ArgumentRepair.Of(
            Shapes.Of("""{"type":"object","properties":{"code":{"type":"string","pattern":"^[0-9]+$"}}}"""),
            JsonElement.Parse("""{"code":12}"""),
            new()
        );
        Assert.That(repaired.Value.GetRawText(), Is.EqualTo("""{"code":"12"}"""));
    }

    // One value too few or too many is a fault, and the limits themselves are none.
    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(2, true)]
    [TestCase(3, false)]
    public void Members_UpToTheMost_AreValid(int count, bool isValid) =>
        Assert.That(
            Shapes.Check(
                """{"type":"object","minProperties":1,"maxProperties":2}""",
                $"{{{string.Join(',', Enumerable.Range(0, count).Select(index => $"\"m{index}\":1"))}}}"
            ),
            isValid ? Is.Empty : Has.Count.EqualTo(1)
        );

    // JSON Schema compares values, not texts: members have no order, and 1.0 is 1.
    [TestCase("""[{"a":1,"b":2},{"b":2,"a":1}]""", false)]
    [TestCase("""[{"a":1.0},{"a":1}]""", false)]
    [TestCase("""[{"a":{"b":1},"c":2},{"a":{"b":1,"c":2}}]""", true)]
    [TestCase("""[[[1],2],[[1,2]]]""", true)]
    [TestCase("""[{"a":"x"},{"a":"y"}]""", true)]
    [TestCase("""[{"a":"1"},{"a":1}]""", true)]
    [TestCase("[10,1e1]", false)]
    [TestCase("[-10,-1e1]", false)]
    [TestCase("[12,1.2e1]", false)]
    [TestCase("[0,0.0]", false)]
    [TestCase("[-0,0]", false)]
    [TestCase("[1,10,100]", true)]
    [TestCase("[12,-12,1.2,120]", true)]
    public void Items_ThatMustDiffer_AreComparedByValue(string sent, bool isValid) =>
        Assert.That(
            Shapes.Check("""{"type":"array","uniqueItems":true}""", sent),
            isValid ? Is.Empty : Has.Count.EqualTo(1)
        );
}
