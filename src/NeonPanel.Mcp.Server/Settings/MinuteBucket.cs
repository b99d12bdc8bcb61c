using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>Converts a limit per minute into the options of a token bucket.</summary>
internal static class MinuteBucket
{
    // The library refills its buckets at most ten times a second.
    private const int PeriodsPerMinute = 600;

    /// <summary>Returns the options of a bucket that holds the calls of one minute. The bucket refills evenly: each
    /// second adds a sixtieth of its calls.</summary>
    public static TokenBucketRateLimiterOptions OptionsOf(int perMinute)
    {
        var perPeriod = Math.Max(1, perMinute / PeriodsPerMinute);
        return new()
        {
            TokenLimit = perMinute,
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)perPeriod / perMinute),
            QueueLimit = 0,
            AutoReplenishment = true,
        };
    }
}
