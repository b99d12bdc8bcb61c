using Microsoft.AspNetCore.HttpOverrides;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Adds the connection limits, and the checks that come before all others.</summary>
internal static class EdgeSetup
{
    /// <summary>Slowest rate, in bytes per second, at which a client may read a response. Kestrel's default of 240
    /// would let a client take half an hour for <c>/openapi.json</c>. The rate applies only while bytes wait to be
    /// read, so idle streams stay open. The size of the send buffer limits how much of a response the kernel
    /// buffers.</summary>
    private const double MinBytesPerSecond = 16 * 1024;

    private static readonly TimeSpan ReadGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeadersTime = TimeSpan.FromSeconds(10);

    public static WebApplicationBuilder AddEdge(this WebApplicationBuilder builder, LimitOptions limits)
    {
        builder
            .Services.AddSingleton(limits)
            .AddSingleton<RateLimits>()
            .AddSingleton<AnonymousBodyBudget>()
            .AddSingleton(provider => new BodyBudget(
                limits.MaxRequestBytes,
                provider.GetRequiredService<TimeProvider>()
            ));
        var counter = new ConnectionCounter(limits);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.MaxRequestBytes;
            kestrel.Limits.RequestHeadersTimeout = HeadersTime;
            kestrel.Limits.MinResponseDataRate = new(MinBytesPerSecond, ReadGrace);
            kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(counter.Use));
        });
        return builder;
    }

    public static IApplicationBuilder UseEdge(this IApplicationBuilder app)
    {
        var proxies = app.ApplicationServices.GetRequiredService<LimitOptions>().KnownProxies;
        if (proxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in proxies)
            {
                forwarded.KnownIPNetworks.Add(network);
            }

            app.UseForwardedHeaders(forwarded);
        }

        return app.UseMiddleware<EdgeMiddleware>();
    }
}
