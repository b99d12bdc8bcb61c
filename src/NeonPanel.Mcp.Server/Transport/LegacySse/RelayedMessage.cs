using System.Text.Json.Serialization;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>A message on its way to the instance that holds its stream. The token comes last: Redis keeps the first 128
/// bytes of a slow command in its log.</summary>
/// <param name="From">The instance that waits for a <see cref="RelayedAnswer"/> with the same number.</param>
/// <param name="Body">The JSON-RPC message as it was posted.</param>
/// <param name="TraceParent">The span that a call belongs to, where it is traced.</param>
internal sealed record RelayedMessage(
    string From,
    long Number,
    string SessionId,
    string CorrelationId,
    bool IsReadOnly,
    byte[] Body,
    string? TraceParent,
    string Token
);

/// <summary>What became of it.</summary>
internal sealed record RelayedAnswer(long Number, Admission Admission);

/// <summary>Their JSON, without reflection.</summary>
[JsonSerializable(typeof(RelayedMessage))]
[JsonSerializable(typeof(RelayedAnswer))]
internal sealed partial class RelayJson : JsonSerializerContext;
