using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The memory that another .NET process holds without its garbage: the class orders a full collection there by
/// the runtime's diagnostic port, and reads its outcome.</summary>
internal static class LiveHeap
{
    private const int BufferMegabytes = 1;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly EventPipeProvider Collection = new(
        "Microsoft-Windows-DotNETRuntime",
        EventLevel.Informational,
        (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect)
    );

    /// <summary>Tells whether it can be asked: not with <c>DOTNET_EnableDiagnostics=0</c>, as in the
    /// container.</summary>
    public static bool IsMeasurable(int process) => DiagnosticsClient.GetPublishedProcesses().Contains(process);

    /// <returns>Megabytes.</returns>
    public static async Task<double> MeasureAsync(int process)
    {
        using var session = new DiagnosticsClient(process).StartEventPipeSession(
            [Collection],
            requestRundown: false,
            BufferMegabytes
        );
        var live = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isOurs = false;
        using var events = new EventPipeEventSource(session.EventStream);
        events.Clr.GCStart += start => isOurs |= start.Reason == GCReason.Induced;
        events.Clr.GCHeapStats += stats =>
        {
            if (isOurs)
            {
                live.TrySetResult(stats.TotalHeapSize / 1024.0 / 1024);
            }
        };
        var reading = Task.Run(events.Process);
        var megabytes = await live.Task.WaitAsync(Longest);
        await session.StopAsync(CancellationToken.None);
        await reading;
        return megabytes;
    }
}
