using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport;
using OpenTelemetry.Metrics;

namespace NeonPanel.Mcp.Server.Tests.Telemetry.Otlp;

/// <summary>The server with a collector, in front of an API that notes what it is told of the trace.</summary>
internal sealed class TracedServer : IAsyncDisposable
{
    private TracedServer(ProtectedServer server, OtlpReceiver collector)
    {
        (Server, Collector) = (server, collector);
        server.Issuer.Api = context =>
        {
            Upstream.Enqueue(
                context.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                )
            );
            context.Response.StatusCode = UpstreamStatus;
            return context.Response.WriteAsync("""{"data":[]}""");
        };
    }

    public ProtectedServer Server { get; }

    public OtlpReceiver Collector { get; }

    /// <summary>Gets the headers of each request that the API got.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Upstream { get; } = [];

    public int UpstreamStatus { get; set; } = StatusCodes.Status200OK;

    /// <param name="isFast">Whether plain messages are answered ahead of the SDK.</param>
    public static async Task<TracedServer> StartAsync(bool isFast = true, params (string Name, string Value)[] settings)
    {
        var collector = await OtlpReceiver.StartAsync();
        return new(
            await ProtectedServer.StartAsync(
                [("Telemetry:OtlpEndpoint", collector.Address), .. settings],
                _ => [],
                configure: builder =>
                {
                    if (!isFast)
                    {
                        builder.Services.AddSingleton(new TransportOptions("all", true) { FastPath = false });
                    }
                }
            ),
            collector
        );
    }

    /// <summary>Calls a tool by hand.</summary>
    public async Task<string> CallAsync(string parameters, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Address + "/mcp")
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}}}""",
                null,
                "application/json"
            ),
        };
        request.Headers.Authorization = new("Bearer", Server.Issuer.Token());
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Has the collector sent what is measured so far.</summary>
    public void Flush() => Server.Services.GetRequiredService<MeterProvider>().ForceFlush();

    /// <summary>Ends the server, which sends the collector the rest of what it has to tell.</summary>
    public async Task StopAsync()
    {
        await Server.StopAsync();
        await Server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Collector.DisposeAsync();
    }
}
