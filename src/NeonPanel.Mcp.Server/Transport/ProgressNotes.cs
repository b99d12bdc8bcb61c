using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Calls;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Sends <c>notifications/progress</c> to a client whose request has a progress token (MCP,
/// "Progress").</summary>
internal static class ProgressNotes
{
    /// <returns><see langword="null"/> if the request has no token.</returns>
    public static ProgressReport? Of(JsonRpcRequest request, McpServer server) =>
        request is { Method: ToolRequests.Call, Params: JsonObject parameters }
        && (parameters["_meta"] as JsonObject)?["progressToken"] is JsonValue token
            ? (done, total, message, cancellationToken) =>
                server.SendMessageAsync(
                    new JsonRpcNotification
                    {
                        Method = NotificationMethods.ProgressNotification,
                        Params = Parameters(token, done, total, message),
                    },
                    cancellationToken
                )
            : null;

    private static JsonObject Parameters(JsonValue token, int done, int? total, string message)
    {
        var parameters = new JsonObject
        {
            ["progressToken"] = token.DeepClone(),
            ["progress"] = done,
            ["message"] = message,
        };
        if (total is not null)
        {
            parameters["total"] = total;
        }

        return parameters;
    }
}
