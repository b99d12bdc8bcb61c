using NeonPanel.Mcp.Generator.Comparison;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The part of two long texts that a report shows.</summary>
internal sealed class ExcerptTests
{
    private static readonly string Long = new('a', 300);

    [TestCase("one", "two")]
    [TestCase("", "two")]
    public void Texts_Short_AreShownWhole(string before, string after) =>
        Assert.That(Excerpt.Of(before, after), Is.EqualTo((before, after)));

    [Test]
    public void Texts_UpToTheLimit_AreShownWhole()
    {
        var (before, after) = (new string('a', 240), new string('b', 240));
        Assert.That(Excerpt.Of(before, after), Is.EqualTo((before, after)));
    }

    // Thirty characters around the difference stay.
    [Test]
    public void Difference_InTheMiddle_IsShownWithThirtyCharactersAroundIt() =>
        Assert.That(
            Excerpt.Of(Long + "x" + Long, Long + "yz" + Long),
            Is.EqualTo(
                ($"…{new string('a', 30)}x{new string('a', 30)}…", $"…{new string('a', 30)}yz{new string('a', 30)}…")
            )
        );

    [Test]
    public void Difference_AtTheBeginning_IsMarkedAtItsEndOnly() =>
        Assert.That(
            Excerpt.Of("x" + Long, "y" + Long),
            Is.EqualTo(($"x{new string('a', 30)}…", $"y{new string('a', 30)}…"))
        );

    [Test]
    public void Difference_AtTheEnd_IsMarkedAtItsBeginningOnly() =>
        Assert.That(
            Excerpt.Of(Long + "x", Long + "y"),
            Is.EqualTo(($"…{new string('a', 30)}x", $"…{new string('a', 30)}y"))
        );

    // What was added in a row of equal letters is counted once, at the beginning or at the end.
    [Test]
    public void Text_ThatOnlyGrew_ShowsNoDifferenceTwice() =>
        Assert.That(Excerpt.Of(Long, Long + "a"), Is.EqualTo(("…" + new string('a', 30), "…" + new string('a', 31))));

    [Test]
    public void Difference_LongerThanTheLimit_IsCut()
    {
        var (before, after) = Excerpt.Of(Long, new string('b', 300));
        Assert.That((before, after), Is.EqualTo((new string('a', 240) + "…", new string('b', 240) + "…")));
    }
}
