using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Telemetry.Otlp;

/// <summary>A collector: takes OTLP over HTTP, and shows what it got (opentelemetry-proto 1.x, by field
/// number).</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received = [];
    private readonly WebApplication app;

    private OtlpReceiver(int port)
    {
        Address = $"http://localhost:{port}";
        app = SandboxHost.CreateBuilder(port, []).Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue((context.Request.Path.Value!.Split("/v1/")[^1], body.ToArray()));
            context.Response.StatusCode = Status;
            Arrived.TrySetResult();
        });
    }

    public string Address { get; }

    /// <summary>Gets or sets what it answers.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>Gets what ends when something has arrived.</summary>
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets all that came as text, whatever it was sent as.</summary>
    public string Everything => string.Concat(received.Select(batch => Encoding.UTF8.GetString(batch.Body)));

    public IReadOnlyList<SpanData> Spans =>
        [
            .. Of("traces")
                .SelectMany(resource => resource.All(2))
                .SelectMany(scope => scope.All(2))
                .Select(span => new SpanData(
                    span.Text(5),
                    (int)span.Number(6),
                    span.Hex(1),
                    span.Hex(2),
                    span.Hex(4),
                    Attributes(span, 9),
                    [.. span.All(13).Select(link => link.Hex(2))],
                    (int)(span.All(15).FirstOrDefault()?.Number(3) ?? 0)
                )),
        ];

    public IReadOnlyList<PointData> Points =>
        [
            .. Of("metrics")
                .SelectMany(resource => resource.All(2))
                .SelectMany(scope => scope.All(2))
                .SelectMany(PointsOf),
        ];

    public IReadOnlyList<LogData> Logs =>
        [
            .. Of("logs")
                .SelectMany(resource => resource.All(2))
                .SelectMany(scope => scope.All(2))
                .Select(record => new LogData(
                    record.All(5).Select(Value).FirstOrDefault() ?? "",
                    record.Hex(9),
                    record.Hex(10),
                    Attributes(record, 6)
                )),
        ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver(LoopbackPorts.FreePair());
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Gets the attributes of the resource that the telemetry is of.</summary>
    public IReadOnlyDictionary<string, string> Resource(string signal) =>
        Attributes(Of(signal).First().All(1).First(), 1);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IEnumerable<ProtoMessage> Of(string signal) =>
        received.Where(batch => batch.Signal == signal).SelectMany(batch => new ProtoMessage(batch.Body).All(1));

    private static IEnumerable<PointData> PointsOf(ProtoMessage metric) =>
        metric
            .All(5)
            .Concat(metric.All(7))
            .SelectMany(numbers => numbers.All(1))
            .Select(point => new PointData(
                metric.Text(1),
                metric.Text(3),
                Attributes(point, 7),
                point.Has(6) ? (long)point.Number(6) : (long)BitConverter.UInt64BitsToDouble(point.Number(4))
            ))
            .Concat(
                metric
                    .All(9)
                    .SelectMany(histogram => histogram.All(1))
                    .Select(point => new PointData(
                        metric.Text(1),
                        metric.Text(3),
                        Attributes(point, 9),
                        (long)point.Number(4)
                    ))
            );

    private static Dictionary<string, string> Attributes(ProtoMessage message, int field) =>
        message.All(field).ToDictionary(pair => pair.Text(1), pair => pair.All(2).Select(Value).FirstOrDefault() ?? "");

    private static string Value(ProtoMessage any) =>
        any.Has(1) ? any.Text(1)
        : any.Has(3) ? ((long)any.Number(3)).ToString(CultureInfo.InvariantCulture)
        : any.Has(2) ? (any.Number(2) == 1 ? "true" : "false")
        : any.Has(4) ? BitConverter.UInt64BitsToDouble(any.Number(4)).ToString(CultureInfo.InvariantCulture)
        : "";
}

/// <param name="Kind">2: server, 3: client.</param>
/// <param name="Links">The spans it is linked to.</param>
/// <param name="Status">2: error.</param>
internal sealed record SpanData(
    string Name,
    int Kind,
    string TraceId,
    string SpanId,
    string Parent,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<string> Links,
    int Status
);

/// <param name="Value">The number, or how many were measured.</param>
internal sealed record PointData(string Name, string Unit, IReadOnlyDictionary<string, string> Attributes, long Value);

internal sealed record LogData(
    string Body,
    string TraceId,
    string SpanId,
    IReadOnlyDictionary<string, string> Attributes
);
