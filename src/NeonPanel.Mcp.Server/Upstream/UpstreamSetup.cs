using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>The HTTP path to the API: no redirects, no cookies, no proxy; GET repeated, writes never (rule D5).</summary>
internal static class UpstreamSetup
{
    public const string ClientName = "upstream";

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(2);

    private const long MaxTokenBytes = 1024 * 1024;

    public static IServiceCollection AddUpstream(
        this IServiceCollection services, UpstreamOptions options, CredentialOptions credential, string version)
    {
        services.AddSingleton(options);
        services.AddSingleton<IUpstreamCredential>(provider => credential.Kind == "Forward"
            ? new ForwardedCredential()
            : new IssuedCredential(credential, TokenClient(), provider.GetRequiredService<TimeProvider>()));
        var client = services.AddHttpClient(ClientName, http =>
        {
            http.BaseAddress = options.BaseAddress;
            http.MaxResponseContentBufferSize = options.MaxResponseBytes;
            // The deadline of a call is set where the call is made; it covers the retries.
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("NeonPanel.Mcp/" + version);
        });
        // Its lines and scopes hold the whole URL, arguments included (rule F2).
        client.RemoveAllLoggers();
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        if (options.Retries > 0)
        {
            client.AddResilienceHandler("retry", pipeline => pipeline.AddRetry(Retry(options)));
        }

        return services;
    }

    private static HttpClient TokenClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxTokenBytes,
    };

    private static HttpRetryStrategyOptions Retry(UpstreamOptions options)
    {
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            UseJitter = true,
            ShouldRetryAfterHeader = true,
        };
        var isTransient = retry.ShouldHandle;
        retry.ShouldHandle = async arguments =>
            // A pause longer than this is the caller's to make.
            arguments.Outcome.Result?.Headers.RetryAfter?.Delta is not { } pause || pause <= LongestRetryAfter
                ? await isTransient(arguments)
                : false;
        retry.DisableForUnsafeHttpMethods();
        return retry;
    }
}
