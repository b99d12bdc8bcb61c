using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The two eras of MCP: revisions that begin with <c>initialize</c>, and those whose requests each carry their
/// metadata.</summary>
internal static class Revisions
{
    private const string LastWithInitialize = "2025-11-25";
    private const string FirstPerRequest = "2026-07-28";

    /// <summary>Whether a revision carries its metadata with each request; they are dates, so that their text orders
    /// them.</summary>
    public static bool IsPerRequest(string? revision) => string.CompareOrdinal(revision, FirstPerRequest) >= 0;

    /// <summary>Offers the last revision with <c>initialize</c> to a client that asks there for one that is not known
    /// or came later ("another protocol version it supports", MCP 2025-11-25, Lifecycle); the SDK refuses the
    /// latter.</summary>
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
