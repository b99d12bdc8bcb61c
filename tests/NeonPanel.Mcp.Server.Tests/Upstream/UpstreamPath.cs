using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Upstream;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>The HTTP path to the API alone: the client that the server uses, on a clock of the test's.</summary>
internal sealed class UpstreamPath : IAsyncDisposable
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    // A call that should have ended long ago fails its test instead of holding it up.
    private readonly CancellationTokenSource guard = new(TimeSpan.FromSeconds(15));

    private readonly ServiceProvider services;

    public UpstreamPath(
        RawUpstream api,
        int maxConnections = 256,
        int retries = 2,
        int requestsPerMinute = int.MaxValue
    )
    {
        var options = new UpstreamOptions(
            new(api.Address),
            TimeSpan.FromSeconds(15),
            TimeSpan.FromSeconds(3),
            4 * 1024 * 1024,
            maxConnections,
            retries
        )
        {
            RequestsPerMinutePerUser = requestsPerMinute,
        };
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddUpstream(options, new(CredentialKind.Forward, null, "", "", null, null), "1.2.3")
            .BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    public Task<RawResponse> GetAsync(
        string subject = "user",
        AnswerArrays? arrays = null,
        string template = "/x",
        CancellationToken cancellationToken = default
    ) => SendAsync("GET", null, subject, arrays, template, cancellationToken);

    /// <param name="body">JSON, or <see langword="null"/> for a request without a body.</param>
    /// <param name="arrays">What the answer is read into, or <see langword="null"/> for an array of its own.</param>
    public Task<RawResponse> SendAsync(
        string method,
        string? body,
        string subject = "user",
        AnswerArrays? arrays = null,
        string template = "/x",
        CancellationToken cancellationToken = default
    ) =>
        RawCall
            .SendAsync(
                services.GetRequiredService<IHttpClientFactory>().CreateClient(UpstreamSetup.ClientName),
                new(
                    method,
                    template,
                    [],
                    body is null ? null : new("application/json", RequestBodyKind.Json, Argument: "body")
                ),
                body is null ? Nothing : JsonDocument.Parse($$"""{"body":{{body}}}""").RootElement,
                request =>
                {
                    request.Options.Set(CallPlaces.Subject, subject);
                    request.Options.Set(AnswerArrays.Owner, arrays);
                },
                cancellationToken
            )
            .WaitAsync(guard.Token);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        guard.Dispose();
    }
}
