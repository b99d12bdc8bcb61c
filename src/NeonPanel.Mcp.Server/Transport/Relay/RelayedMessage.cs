using System.Text.Json.Serialization;

namespace NeonPanel.Mcp.Server.Transport.Relay;

/// <summary>A message for the instance that holds its stream, or the call that waits for it. The token is the last
/// member, because Redis keeps the first 128 bytes of a slow command in its log.</summary>
/// <param name="From">The instance that waits for the <see cref="RelayedAnswer"/> with the same number.</param>
/// <param name="Body">The JSON-RPC message as it was posted.</param>
/// <param name="TraceParent">The span to which the call belongs, if the call is traced.</param>
internal sealed record RelayedMessage(
    string From,
    long Number,
    string SessionId,
    string CorrelationId,
    bool IsReadOnly,
    bool? HasWholeText,
    string? Tools,
    string? ExcludedTools,
    byte[] Body,
    string? TraceParent,
    string Token
);

/// <summary>The result of delivering a <see cref="RelayedMessage"/>.</summary>
internal sealed record RelayedAnswer(long Number, Admission Admission);

/// <summary>JSON serialization of both messages, without reflection.</summary>
[JsonSerializable(typeof(RelayedMessage))]
[JsonSerializable(typeof(RelayedAnswer))]
internal sealed partial class RelayJson : JsonSerializerContext;
