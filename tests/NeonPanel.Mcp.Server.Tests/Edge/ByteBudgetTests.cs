using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Edge;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>The bytes that one owner may hold of each budget, and the bytes that all owners may hold
/// together.</summary>
internal sealed class ByteBudgetTests
{
    private const int Mebibyte = 1024 * 1024;

    [Test]
    public void AnonymousBodies_OfOneAddress_AreAnEighthOfAll()
    {
        using var budget = new AnonymousBodyBudget(new FakeTimeProvider());
        Assert.That(Fill(budget, "a", Mebibyte), Is.EqualTo(1));
        Assert.That(Enumerable.Range(0, 10).Sum(owner => Fill(budget, $"b{owner}", Mebibyte)), Is.EqualTo(7));
    }

    // Limits:MaxRequestBytes below the usual share, and above the usual budget.
    [TestCase(1, 4, 12)]
    [TestCase(32, 32, 0)]
    public void Bodies_OfOneUser_AreAQuarterOfAllOrTheLargest(int largest, int ofOne, int ofOthers)
    {
        using var budget = new BodyBudget((long)largest * Mebibyte, new FakeTimeProvider());
        Assert.That(Fill(budget, "a", Mebibyte), Is.EqualTo(ofOne));
        Assert.That(Enumerable.Range(0, 10).Sum(owner => Fill(budget, $"b{owner}", Mebibyte)), Is.EqualTo(ofOthers));
    }

    [TestCase(0, 1024)]
    [TestCase(1, 1024)]
    [TestCase(1024, 1024)]
    [TestCase(1025, 512)]
    [TestCase(2 * Mebibyte, 1)]
    public void Part_OfAnySize_CountsInWholeKibibytes(long bytes, int count)
    {
        using var budget = new AnonymousBodyBudget(new FakeTimeProvider());
        Assert.That(Fill(budget, "a", bytes), Is.EqualTo(count));
    }

    [Test]
    public void Part_GivenBack_CanBeTakenAgain()
    {
        using var budget = new AnonymousBodyBudget(new FakeTimeProvider());
        budget.TryTake("a", Mebibyte)!.Dispose();
        Assert.That(Fill(budget, "a", Mebibyte), Is.EqualTo(1));
    }

    // The number of parts of that size that the owner gets.
    private static int Fill(ByteBudget budget, string owner, long bytes)
    {
        var count = 0;
        while (count < 5000 && budget.TryTake(owner, bytes) is not null)
        {
            count++;
        }

        return count;
    }
}
