using System.Buffers;
using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Adds the HTTP client for the API. It uses no redirects, cookies or proxy; it retries GET requests, but
/// never writes (rule D5).</summary>
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
                CredentialKind.Forward => new ForwardedCredential(),
                CredentialKind.None => new NoCredential(),
                CredentialKind.Static => new StaticCredential(
                    provider.GetRequiredService<ToolCatalog>(),
                    credential.Keys
                ),
                _ => new IssuedCredential(credential, TokenClient(), provider.GetRequiredService<TimeProvider>()),
            }
        );
        var client = services.AddHttpClient(ClientName, http =>
        {
            http.BaseAddress = options.BaseAddress;
            http.MaxResponseContentBufferSize = options.MaxResponseBytes;
            // The pipeline has the timeout instead, because it must cover the retries.
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("NeonPanel.Mcp/" + version);
        });
        // One handler chain for the life of the server: the breaker keeps its state in the chain. Connections are
        // renewed by a setting below.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        // The client's log lines and scopes would contain the whole URL, including arguments (rule F2).
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
        // WholeAnswer decompresses instead, because .NET does not detect a truncated response.
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
