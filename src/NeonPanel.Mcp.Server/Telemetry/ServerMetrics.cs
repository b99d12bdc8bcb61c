using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>The server's metrics (docs/operations.md lists them). Tags contain tool names, statuses and reasons, but no
/// data of a person or of a call's content (rule F2). Without a listener, an instrument costs some nanoseconds and
/// allocates nothing.</summary>
internal sealed class ServerMetrics
{
    public const string MeterName = "NeonPanel.Mcp";

    // The buckets that OpenTelemetry's conventions for MCP recommend.
    private static readonly double[] Seconds = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60];

    private readonly Histogram<double> calls;
    private readonly Histogram<double> upstream;
    private readonly Counter<long> repairs;
    private readonly Counter<long> truncations;
    private readonly Counter<long> authFailures;
    private readonly Counter<long> keyFetches;
    private readonly Counter<long> drift;
    private Func<int>? breaker;
    private Func<int>? streams;

    public ServerMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        calls = meter.CreateHistogram(
            "mcp.server.operation.duration",
            "s",
            "How long tool calls took.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds }
        );
        upstream = meter.CreateHistogram(
            "neonpanel.mcp.upstream.duration",
            "s",
            "How long the API took, repetitions included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds }
        );
        repairs = meter.CreateCounter<long>(
            "neonpanel.mcp.repairs",
            "{repair}",
            "Arguments that a client sent in a wrong form and the server corrected."
        );
        truncations = meter.CreateCounter<long>(
            "neonpanel.mcp.truncations",
            "{answer}",
            "Answers from which something was left out because of their size."
        );
        authFailures = meter.CreateCounter<long>(
            "neonpanel.mcp.auth.failures",
            "{request}",
            "Requests rejected because the token is missing or not valid."
        );
        keyFetches = meter.CreateCounter<long>(
            "neonpanel.mcp.keys.fetches",
            "{fetch}",
            "Fetches of the issuer's signing keys."
        );
        drift = meter.CreateCounter<long>(
            "neonpanel.mcp.answer.drift",
            "{answer}",
            "Answers with a member that the specification lacks or describes differently."
        );
        meter.CreateObservableGauge(
            "neonpanel.mcp.upstream.breaker",
            () => breaker?.Invoke() ?? 0,
            null,
            "0: calls go to the API; 1: one trial call is in progress; 2: calls are held back."
        );
        meter.CreateObservableUpDownCounter(
            "neonpanel.mcp.streams",
            () => streams?.Invoke() ?? 0,
            "{stream}",
            "Open streams of the older transport."
        );
    }

    /// <summary>Gets whether a listener collects the duration of API calls.</summary>
    public bool TimesUpstream => upstream.Enabled;

    public void Called(string tool, CallOutcome outcome, FailureKind failure, TimeSpan duration)
    {
        var tags = new TagList
        {
            { "mcp.method.name", "tools/call" },
            { "gen_ai.tool.name", tool },
            { "neonpanel.mcp.outcome", outcome.Word() },
        };
        if (outcome != CallOutcome.Ok)
        {
            tags.Add("error.type", outcome.ErrorType());
            tags.Add("neonpanel.mcp.failure", failure.Word());
        }

        calls.Record(duration.TotalSeconds, tags);
    }

    /// <param name="template">The operation's path, with placeholders.</param>
    /// <param name="result">The class of the status, such as <c>2xx</c>, or the reason why there was no
    /// response.</param>
    public void UpstreamCalled(string method, string template, string result, TimeSpan duration) =>
        upstream.Record(
            duration.TotalSeconds,
            new("http.request.method", method),
            new("url.template", template),
            new KeyValuePair<string, object?>("neonpanel.mcp.result", result)
        );

    /// <summary>Returns the class of a status, such as <c>2xx</c>.</summary>
    public static string StatusClass(int status) =>
        (status / 100) switch
        {
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            5 => "5xx",
            _ => "other",
        };

    /// <param name="kind">Name of the kind of repair, in Pascal case.</param>
    public void Repaired(string tool, string kind)
    {
        if (repairs.Enabled)
        {
            repairs.Add(
                1,
                new("gen_ai.tool.name", tool),
                new KeyValuePair<string, object?>("neonpanel.mcp.repair", LogFields.NameOf(kind))
            );
        }
    }

    public void Truncated(string tool) =>
        truncations.Add(1, new KeyValuePair<string, object?>("gen_ai.tool.name", tool));

    public void AuthFailed(AuthFailure reason) =>
        authFailures.Add(1, new KeyValuePair<string, object?>("neonpanel.mcp.reason", reason.Word()));

    public void KeysFetched(KeyFetchOutcome outcome) =>
        keyFetches.Add(1, new KeyValuePair<string, object?>("neonpanel.mcp.outcome", outcome.Word()));

    /// <param name="pointer">The place in the response. The number of different places is limited.</param>
    public void Drifted(string tool, string pointer, string found) =>
        drift.Add(
            1,
            new("gen_ai.tool.name", tool),
            new("neonpanel.mcp.pointer", pointer),
            new KeyValuePair<string, object?>("neonpanel.mcp.found", found)
        );

    /// <summary>Sets the source of the breaker's state: 0 closed, 1 half open, 2 open.</summary>
    public void WatchBreaker(Func<int> state) => breaker = state;

    /// <summary>Sets the source of the number of open streams.</summary>
    public void WatchStreams(Func<int> count) => streams = count;
}
