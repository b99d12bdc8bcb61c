using System.Buffers;
using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>The HTTP path to the API: no redirects, no cookies, no proxy; GET repeated, writes never (rule
/// D5).</summary>
internal static class UpstreamSetup
{
    public const string ClientName = "upstream";

    private const long MaxTokenBytes = 1024 * 1024;

    public static IServiceCollection AddUpstream(
        this IServiceCollection services,
        UpstreamOptions options,
        CredentialOptions credential,
        string version
    )
    {
        services
            .AddSingleton(options)
            .AddSingleton(ArrayPool<byte>.Shared)
            .AddSingleton<CallPlaces>()
            .AddSingleton<UpstreamPulse>()
            .AddSingleton<CallPipeline>();
        services.TryAddSingleton<ServerMetrics>();
        services.AddSingleton<IUpstreamCredential>(provider =>
            credential.Kind switch
            {
                "Forward" => new ForwardedCredential(),
                "None" => new NoCredential(),
                "Static" => new StaticCredential(provider.GetRequiredService<ToolCatalog>(), credential.Keys),
                _ => new IssuedCredential(credential, TokenClient(), provider.GetRequiredService<TimeProvider>()),
            }
        );
        var client = services.AddHttpClient(ClientName, http =>
        {
            http.BaseAddress = options.BaseAddress;
            http.MaxResponseContentBufferSize = options.MaxResponseBytes;
            // The deadline is the pipeline's; it covers the repetitions.
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("NeonPanel.Mcp/" + version);
        });
        // One chain for as long as the server runs: connections are renewed below, and the breaker has its state in the
        // chain.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        // Its lines and scopes hold the whole URL, arguments included (rule F2).
        client.RemoveAllLoggers();
        client.ConfigurePrimaryHttpMessageHandler(() => Handler(options));
        client.AddHttpMessageHandler(provider => new UpstreamSpan(
            provider.GetRequiredService<ServerMetrics>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        client.AddHttpMessageHandler(provider => new CallBreaker(
            options,
            provider.GetRequiredService<UpstreamPulse>(),
            provider.GetRequiredService<ServerMetrics>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        client.AddHttpMessageHandler(() => new CallGuard());
        client.AddHttpMessageHandler(provider => new ResilienceHandler(
            provider.GetRequiredService<CallPipeline>().Pipeline
        ));
        client.AddHttpMessageHandler(provider => new WholeAnswer(
            options,
            provider.GetRequiredService<UpstreamPulse>()
        ));
        return services;
    }

    private static SocketsHttpHandler Handler(UpstreamOptions options)
    {
        var handler = OutboundHandlers.Create(OutboundUse.Api);
        handler.ConnectTimeout = options.ConnectTimeout;
        handler.MaxConnectionsPerServer = options.MaxConnections;
        // WholeAnswer unpacks, as .NET takes an answer that is cut off for a whole one.
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.PlaintextStreamFilter = (context, _) =>
            ValueTask.FromResult<Stream>(new CountedConnection(context.PlaintextStream));
        return handler;
    }

    private static HttpClient TokenClient() =>
        new(OutboundHandlers.Create(OutboundUse.TokenEndpoint))
        {
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = MaxTokenBytes,
        };
}
