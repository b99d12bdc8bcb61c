using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>A message as it was posted, here or elsewhere → the stream of this instance that it is for, within the user's
/// limits.</summary>
internal sealed class MessageDelivery(
    LegacySseSessions sessions, LegacySseServer mcp, RateLimits limits, AuthOptions auth)
{
    // JSON-RPC 2.0 §5.1: for errors of the implementation's own.
    private const int TooManyRequests = -32000;

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Delivers a message of a user whose token was validated.</summary>
    /// <param name="origin">The POST that brought it; its token goes upstream, should the message be a call.</param>
    public Admission Deliver(string sessionId, ReadOnlySpan<byte> body, MessageOrigin origin)
    {
        var subject = origin.Token!.Subject;
        if (sessions.Find(sessionId, new(auth.Issuer, subject)) is not { } session)
        {
            return Admission.NoSession;
        }

        if (Read(body) is not { } message)
        {
            return Admission.NoMessage;
        }

        var place = limits.EnterUser(subject);
        if (!place.IsAcquired && message is JsonRpcRequest request)
        {
            // The stream is open, so it is told there how long to wait, where a model reads it.
            session.Send(Refusal(request, RateLimits.SecondsToWait(place)));
            place.Dispose();
            return Admission.Accepted;
        }

        return mcp.Accept(session, message, origin, place);
    }

    private static JsonRpcMessage? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, MessageType);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonRpcMessage Refusal(JsonRpcRequest request, double seconds)
    {
        var wait = $"Too many requests. Wait {seconds.ToString(CultureInfo.InvariantCulture)} s, then ask again.";
        return request.Method == ToolRequests.Call
            ? new JsonRpcResponse
            {
                Id = request.Id,
                Result = new JsonObject
                {
                    ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "The tool was not called. " + wait }),
                    ["isError"] = true,
                },
            }
            : new JsonRpcError { Id = request.Id, Error = new() { Code = TooManyRequests, Message = wait } };
    }
}
