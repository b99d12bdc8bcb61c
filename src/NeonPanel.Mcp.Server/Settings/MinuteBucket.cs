using System.Threading.RateLimiting;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>A limit for each minute, as the options of a token bucket.</summary>
internal static class MinuteBucket
{
    // The library fills its buckets at most ten times a second.
    private const int PeriodsPerMinute = 600;

    /// <summary>Returns the options of a bucket that holds the calls of a minute. It fills evenly, so that a pause of a
    /// second buys the calls of a second.</summary>
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
