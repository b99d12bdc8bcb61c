using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Transport.Forms;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.Forms;

/// <summary>How many calls may wait for forms, and how many bytes they may hold.</summary>
internal sealed class FormPlacesTests
{
    private const long Mebibyte = 1024 * 1024;

    [TestCase(1, 1)]
    [TestCase(3, 1)]
    [TestCase(20, 10)]
    public void Calls_OfOneUser_AreHalfOfTheUsersPlaces(int concurrent, int expected)
    {
        using var places = Places(concurrent);
        var taken = Enumerable.Range(0, expected).Select(_ => places.TryEnter("user", 100)).ToList();
        Assert.That(taken, Has.None.Null);
        Assert.That(places.TryEnter("user", 100), Is.Null);
        using var other = places.TryEnter("other", 100);
        Assert.That(other, Is.Not.Null, "of another user");
        taken[0]!.Dispose();
        using var again = places.TryEnter("user", 100);
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public void Calls_OfAllUsers_AreAtMostTwoThousand()
    {
        using var places = Places(20);
        for (var call = 0; call < 2000; call++)
        {
            Assert.That(places.TryEnter($"user {call}", 100), Is.Not.Null);
        }

        Assert.That(places.TryEnter("another", 100), Is.Null);
    }

    [Test]
    public void Bytes_OfOneUser_AreAtMostEightMebibytes()
    {
        using var places = Places(20);
        Assert.That(places.TryEnter("user", (8 * Mebibyte) + 1), Is.Null, "too large to wait");
        var all = places.TryEnter("user", 8 * Mebibyte);
        Assert.That(all, Is.Not.Null);
        Assert.That(places.TryEnter("user", 1), Is.Null);
        all!.Dispose();
        using var again = places.TryEnter("user", 8 * Mebibyte);
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public void Bytes_OfAllUsers_AreAtMostThirtyTwoMebibytes()
    {
        using var places = Places(20);
        for (var user = 0; user < 4; user++)
        {
            Assert.That(places.TryEnter($"user {user}", 8 * Mebibyte), Is.Not.Null);
        }

        Assert.That(places.TryEnter("another", 1), Is.Null);
    }

    // What the calls do not get must not stay taken.
    [Test]
    public void Place_ThatIsNotFree_TakesNoBytes()
    {
        using var places = Places(2);
        var first = places.TryEnter("user", Mebibyte);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.That(places.TryEnter("user", 7 * Mebibyte), Is.Null);
        }

        first!.Dispose();
        using var whole = places.TryEnter("user", 8 * Mebibyte);
        Assert.That(whole, Is.Not.Null);
    }

    private static FormPlaces Places(int concurrent) =>
        new(new LimitOptions(600, concurrent, 600, Mebibyte, []), TimeProvider.System);
}
