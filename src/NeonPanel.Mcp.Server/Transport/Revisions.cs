using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The two kinds of MCP revisions: those that begin with <c>initialize</c>, and those in which each request
/// carries its own metadata.</summary>
internal static class Revisions
{
    private const string LastWithInitialize = "2025-11-25";
    private const string FirstPerRequest = "2026-07-28";

    /// <summary>Gets all revisions that the server supports, the oldest first.</summary>
    public static IReadOnlyList<string> All { get; } =
    ["2024-11-05", "2025-03-26", "2025-06-18", LastWithInitialize, FirstPerRequest];

    /// <summary>Returns whether each request of a revision carries its own metadata. Revisions are dates, so their
    /// texts can be compared.</summary>
    public static bool IsPerRequest(string? revision) => string.CompareOrdinal(revision, FirstPerRequest) >= 0;

    /// <summary>Changes <c>initialize</c> so that it requests the last revision with <c>initialize</c>, if the client
    /// requests an unknown or a later one ("another protocol version it supports", MCP 2025-11-25, Lifecycle). The SDK
    /// itself rejects a later one.</summary>
    public static McpMessageHandler Filter(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (
                context.JsonRpcMessage is JsonRpcRequest { Method: "initialize", Params: JsonObject parameters }
                && parameters["protocolVersion"] is JsonValue value
                && value.TryGetValue<string>(out var revision)
                && IsPerRequest(revision)
            )
            {
                parameters["protocolVersion"] = LastWithInitialize;
            }

            return next(context, cancellationToken);
        };
}
