using Microsoft.AspNetCore.HttpOverrides;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Adds the limits of connections, and the checks that come before everything else.</summary>
internal static class EdgeSetup
{
    /// <summary>Slowest rate at which a client may read a response. Kestrel's default of 240 bytes a second would let a
    /// client take half an hour for <c>/openapi.json</c>. The rate counts only while bytes wait to be read, so that
    /// idle streams stay open; the size of the send buffer bounds the kernel's share of a response.</summary>
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
