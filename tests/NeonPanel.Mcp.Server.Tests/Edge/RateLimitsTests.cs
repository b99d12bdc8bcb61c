using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Settings;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>The buckets behind the limits: as many calls in a minute as are set, and no more.</summary>
internal sealed class RateLimitsTests
{
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(59)]
    [TestCase(60)]
    [TestCase(61)]
    [TestCase(600)]
    [TestCase(1199)]
    [TestCase(1_000_000)]
    public void Bucket_OfAnyLimit_FillsWithTheLimitInAMinute(int perMinute)
    {
        var options = MinuteBucket.OptionsOf(perMinute);
        Assert.That(
            options.TokensPerPeriod * (TimeSpan.FromMinutes(1) / options.ReplenishmentPeriod),
            Is.EqualTo(perMinute).Within(0.01).Percent
        );
        Assert.That(options.TokenLimit, Is.EqualTo(perMinute));
        Assert.That(options.ReplenishmentPeriod, Is.InRange(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)));
        Assert.That(
            options.TokensPerPeriod,
            Is.LessThanOrEqualTo(Math.Max(1, perMinute / 300)),
            "not all of a minute at once"
        );
    }

    // The library's timer goes by the real clock.
    [Test]
    public void User_WhoHasUsedAllCalls_GetsOneAgain()
    {
        using var limits = new RateLimits(new(600, 1000, 1, 1, []));
        for (var call = 0; call < 600; call++)
        {
            using var taken = limits.EnterUser("user");
        }

        Assert.That(SpinWait.SpinUntil(() => IsAdmitted(limits), TimeSpan.FromSeconds(20)), Is.True);
    }

    // 60 / 7 s are 8.57 s: after 8 s there is none yet.
    [TestCase(7, 9)]
    [TestCase(3, 20)]
    [TestCase(6000, 1)]
    public void Refusal_OfABucket_NamesWholeSecondsRoundedUp(int perMinute, int seconds)
    {
        using var limits = new RateLimits(new(perMinute, 100_000, 1, 1, []));
        var lease = limits.EnterUser("user");
        while (lease.IsAcquired)
        {
            lease.Dispose();
            lease = limits.EnterUser("user");
        }

        Assert.That(RateLimits.SecondsToWait(lease), Is.EqualTo(seconds));
        Assert.That(RateLimits.IsOverPlaces(lease), Is.False);
    }

    [Test]
    public void Refusal_OfPlaces_IsToldFromThatOfTheBucket()
    {
        using var limits = new RateLimits(new(100, 1, 1, 1, []));
        using var first = limits.EnterUser("user");
        using var second = limits.EnterUser("user");
        Assert.That((RateLimits.IsOverPlaces(first), RateLimits.IsOverPlaces(second)), Is.EqualTo((false, true)));
        Assert.That(RateLimits.SecondsToWait(second), Is.EqualTo(1));
    }

    [TestCase("192.0.2.7", "192.0.2.7")]
    [TestCase("::ffff:192.0.2.7", "192.0.2.7")]
    [TestCase("2001:db8:12:34:5:6:7:8", "20010db800120034/64")]
    [TestCase("2001:db8:12:34::", "20010db800120034/64")]
    [TestCase("fe80::1%3", "fe80000000000000/64")]
    [TestCase(null, "unknown")]
    public void Network_OfAnAddress_IsTheAddressOrThe64(string? address, string expected) =>
        Assert.That(
            RateLimits.NetworkOf(address is null ? null : System.Net.IPAddress.Parse(address)),
            Is.EqualTo(expected)
        );

    private static bool IsAdmitted(RateLimits limits)
    {
        using var lease = limits.EnterUser("user");
        return lease.IsAcquired;
    }
}
