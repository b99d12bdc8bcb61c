namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Limits that Kestrel enforces on connections, before a request reaches a middleware.</summary>
internal static class ConnectionSetup
{
    /// <summary>Slowest rate at which a client may read a response. Kestrel's default of 240 bytes a second would let a client take half
    /// an hour for <c>/openapi.json</c>. The rate counts only while bytes wait to be read, so that idle streams stay open;
    /// the kernel's share of a response is bounded by <see cref="Health.ListeningSockets.SendBufferBytes"/>.</summary>
    private const double MinBytesPerSecond = 16 * 1024;

    private static readonly TimeSpan ReadGrace = TimeSpan.FromSeconds(10);

    public static void AddConnectionLimits(this IWebHostBuilder host, LimitOptions limits) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.MaxRequestBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinResponseDataRate = new(MinBytesPerSecond, ReadGrace);
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
    });
}
