using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Reads and writes W3C trace context. Baggage is neither read nor forwarded, because it may contain
/// anything.</summary>
internal static class TraceContext
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    // W3C Trace Context §3.3.1.5: at least this many characters should be propagated.
    private const int MaxStateLength = 512;

    private static readonly SearchValues<char> Printable = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code),
    ]);

    /// <summary>Reads the client's span from a message's <c>params._meta</c> (SEP-414). It has priority over the header
    /// of the HTTP request, as in OpenTelemetry's conventions for MCP: the header belongs to the transport, the message
    /// to the call.</summary>
    /// <returns>The span, or <see langword="default"/> if the message names no span or a malformed one.</returns>
    public static ActivityContext InMessage(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("params", out var parameters)
        && parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty("_meta", out var meta)
        && meta.ValueKind == JsonValueKind.Object
        && Text(meta, Parent) is { } parent
            ? Parse(parent, Text(meta, State))
            : default;

    /// <summary>Reads the trace context that another instance forwarded.</summary>
    public static ActivityContext Parse(string? parent, string? state) =>
        ActivityContext.TryParse(parent, IsState(state) ? state : null, isRemote: true, out var context)
            ? context
            : default;

    /// <summary>Returns the <c>traceparent</c> of a call for another instance: the client's span, or else the span of
    /// the HTTP request.</summary>
    public static string? ToText(ActivityContext caller)
    {
        if (!ServerTraces.IsOn)
        {
            return null;
        }

        if (caller == default)
        {
            return Activity.Current?.Id;
        }

        return $"00-{caller.TraceId}-{caller.SpanId}-{(int)caller.TraceFlags:x2}";
    }

    /// <summary>Adds the trace context of a span to a request's headers.</summary>
    public static void Write(Activity? span, HttpRequestHeaders headers)
    {
        if (span is not { IdFormat: ActivityIdFormat.W3C, Id: { } id })
        {
            return;
        }

        headers.TryAddWithoutValidation(Parent, id);
        if (IsState(span.TraceStateString))
        {
            headers.TryAddWithoutValidation(State, span.TraceStateString);
        }
    }

    // The state comes from the caller and goes into a header. A line end would start another header, and a character
    // beyond ASCII would make the call fail.
    private static bool IsState(string? state) =>
        state is { Length: > 0 and <= MaxStateLength } && !state.AsSpan().ContainsAnyExcept(Printable);

    private static string? Text(JsonElement members, string name) =>
        members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
