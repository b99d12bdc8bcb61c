using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>W3C trace context, in and out. Baggage is neither read nor sent on: anybody may put anything into
/// it.</summary>
internal static class TraceContext
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    // W3C Trace Context §3.3.1.5: at least so much is to be propagated.
    private const int MaxStateLength = 512;

    private static readonly SearchValues<char> Printable = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code),
    ]);

    /// <summary>Reads the client's span out of a message's <c>params._meta</c> (SEP-414). It goes before the header of
    /// the HTTP request, as OpenTelemetry's conventions for MCP have it: the request tells of the transport, the
    /// message of the call.</summary>
    /// <returns>The span, or <see langword="default"/> where none is named, or malformed.</returns>
    public static ActivityContext InMessage(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("params", out var parameters)
        && parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty("_meta", out var meta)
        && meta.ValueKind == JsonValueKind.Object
        && Text(meta, Parent) is { } parent
            ? Parse(parent, Text(meta, State))
            : default;

    /// <summary>Reads what another instance handed on.</summary>
    public static ActivityContext Parse(string? parent, string? state) =>
        ActivityContext.TryParse(parent, IsState(state) ? state : null, isRemote: true, out var context)
            ? context
            : default;

    /// <summary>Writes for another instance which span a call belongs to: the client's, or else the request's that
    /// brought it.</summary>
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

    /// <summary>Says in a request which span it belongs to.</summary>
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

    // Came from the caller and goes into a header: a line end would begin another one, and a letter beyond ASCII would
    // fail the call.
    private static bool IsState(string? state) =>
        state is { Length: > 0 and <= MaxStateLength } && !state.AsSpan().ContainsAnyExcept(Printable);

    private static string? Text(JsonElement members, string name) =>
        members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
