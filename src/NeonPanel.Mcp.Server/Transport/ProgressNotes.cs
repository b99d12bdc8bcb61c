using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Calls;
using NeonPanel.Mcp.Server.Calls.Totals;
using NeonPanel.Mcp.Tools;

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

    /// <summary>Returns whether a call may report progress: it waits for the end of work, or it reads several pages. A
    /// name that the tool does not have counts, because it may be a misspelled one.</summary>
    /// <param name="arguments">An object, or of kind <see cref="JsonValueKind.Undefined"/>.</param>
    public static bool MayCome(ToolDescriptor tool, JsonElement arguments) =>
        (tool.Waits || tool.Rows is not null)
        && arguments.ValueKind == JsonValueKind.Object
        && arguments
            .EnumerateObject()
            .Any(argument =>
                argument.Name is CallRequests.WaitSeconds or TotalReader.Argument or ConditionReader.Argument
                || argument.Name is WholeListQuery.AllPages
                || !tool.Arguments.Properties.ContainsKey(argument.Name)
            );

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
