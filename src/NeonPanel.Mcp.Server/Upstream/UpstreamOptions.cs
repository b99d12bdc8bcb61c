using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>How the server reaches the REST API.</summary>
/// <param name="BaseAddress">The API's origin, with its base path if it has one.</param>
/// <param name="CallTimeout">Longest duration of one call with its retries, from first byte sent to last byte
/// read.</param>
/// <param name="MaxResponseBytes">Largest response body after decompression, in bytes.</param>
/// <param name="Retries">Number of retries of a GET request. Writes are sent exactly once.</param>
internal sealed record UpstreamOptions(
    Uri BaseAddress,
    TimeSpan CallTimeout,
    TimeSpan ConnectTimeout,
    long MaxResponseBytes,
    int MaxConnections,
    int Retries
)
{
    /// <summary>Gets how many requests to the API the calls of one user may cause per minute. One call of <c>search</c>
    /// causes up to 400. The default is 3,000, but at least five for each call that <c>Limits:CallsPerMinutePerUser</c>
    /// allows.</summary>
    public int RequestsPerMinutePerUser { get; init; } = int.MaxValue;

    /// <summary>Longest duration of a tool call with everything that belongs to it (rule A9: less than 50 s).</summary>
    public static readonly TimeSpan MaxToolCall = TimeSpan.FromSeconds(45);

    // The resilience library accepts no shorter timeout.
    private static readonly TimeSpan MinCallTimeout = TimeSpan.FromMilliseconds(10);

    private const int LeastRequestsPerMinute = 3000;
    private const int RequestsPerCall = 5;

    public static UpstreamOptions Read(SettingsReader settings, ToolCatalog catalog, int callsPerMinutePerUser)
    {
        var named = catalog.ServerAddress;
        // A token must never travel over http. Only the operator knows whether the API also answers https at the same
        // address.
        var isInsecure =
            Uri.TryCreate(named, UriKind.Absolute, out var url) && url is { Scheme: "http", IsLoopback: false };
        var address = settings.Url("Upstream:BaseAddress", isInsecure ? null : named);
        if (address is null && settings.Text("Upstream:BaseAddress") is null && (named is null || isInsecure))
        {
            var found = isInsecure ? $"http alone ({named}), over which no token is sent" : "none";
            settings.Fault(
                "Upstream:BaseAddress",
                $"must be the API's https address, as the specification names {found}",
                null
            );
        }

        return new(
            WithPath(new(address ?? "https://localhost"), catalog.ServerPath),
            Within(MinCallTimeout, settings.Duration("Upstream:CallTimeout", TimeSpan.FromSeconds(15)), MaxToolCall),
            settings.Duration("Upstream:ConnectTimeout", TimeSpan.FromSeconds(3)),
            settings.Integer("Upstream:MaxResponseBytes", 4 * 1024 * 1024, 1, int.MaxValue),
            (int)settings.Integer("Upstream:MaxConnections", 256, 1, 100_000),
            (int)settings.Integer("Upstream:Retries", 2, 0, 2)
        )
        {
            RequestsPerMinutePerUser = (int)
                settings.Integer(
                    "Upstream:RequestsPerMinutePerUser",
                    Math.Max(LeastRequestsPerMinute, RequestsPerCall * callsPerMinutePerUser),
                    100,
                    10_000_000
                ),
        };
    }

    // A specification may contain only a path (OpenAPI 3.1, "Server Object": a relative url). A setting with its own
    // path is used unchanged.
    private static Uri WithPath(Uri address, string path) => address.AbsolutePath == "/" ? new(address, path) : address;

    private static TimeSpan Within(TimeSpan least, TimeSpan time, TimeSpan most)
    {
        if (time < least)
        {
            return least;
        }

        if (time > most)
        {
            return most;
        }

        return time;
    }
}
