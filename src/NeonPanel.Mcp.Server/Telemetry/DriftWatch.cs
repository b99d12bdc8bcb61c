using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Compares a sample of the API's responses with the specification. It runs in the background: no call waits
/// for it or fails because of it.</summary>
internal sealed class DriftWatch(TelemetryOptions options, DriftCounts counts, ILogger<DriftWatch> logger)
    : BackgroundService
{
    private const int MaxWaiting = 8;

    /// <summary>Largest response to compare, in bytes. A JSON document tree takes up to ten times the size of its
    /// text.</summary>
    private const int MaxBytes = 1024 * 1024;

    private readonly Channel<(ToolDescriptor Tool, ReadOnlyMemory<byte> Body)> waiting = Channel.CreateBounded<(
        ToolDescriptor,
        ReadOnlyMemory<byte>
    )>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Queues a copy of a response of the API if the response falls into the sample and the queue has
    /// room.</summary>
    public void Observe(ToolDescriptor tool, RawResponse? response)
    {
        if (
            options.DriftSample > 0
            && response
                is {
                    StatusCode: >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices,
                    Body.IsEmpty: false,
                    ContentType: { } type
                }
            && MediaType.IsJson(type)
            && Random.Shared.NextDouble() < options.DriftSample
            && (response.Body.Length > MaxBytes || !waiting.Writer.TryWrite((tool, response.Body.ToArray())))
        )
        {
            counts.Skip();
        }
    }

    /// <summary>Counts values that did not fit the output schema of a tool.</summary>
    public void Count(ToolDescriptor tool, IReadOnlyCollection<Drift> drifts)
    {
        if (drifts.Count > 0)
        {
            counts.AddUnsampled(tool.Name, drifts);
        }
    }

    /// <summary>Accepts no more responses. The task completes when all queued responses are compared.</summary>
    public Task DrainAsync()
    {
        waiting.Writer.TryComplete();
        return ExecuteTask ?? Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (tool, body) in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                Compare(tool, body);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; queued responses are not compared.
        }
    }

    private void Compare(ToolDescriptor tool, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var drifts = AnswerComparison.Compare(tool.Answer, document.RootElement).ToList();
            counts.Add(tool.Name, drifts);
            if (drifts.Count > 0)
            {
                Log.AnswerDrifted(logger, tool.Name, drifts.Count);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The body is not JSON, or a name has a lone surrogate. The caller has received an error about it.
        }
        catch (Exception exception)
        {
            // An exception that leaves this method would stop the server.
            Log.ComparisonFailed(logger, tool.Name, exception.GetType().Name, exception.StackTrace);
        }
    }
}
