using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Delivers posted messages to the streams of this instance, within the limits of the user.</summary>
internal sealed class MessageDelivery(
    LegacySseSessions sessions,
    LegacySseServer mcp,
    RateLimits limits,
    AuthOptions auth,
    McpAddresses addresses
) : IRelayReceiver
{
    // JSON-RPC 2.0 §5.1 leaves this code to implementations.
    private const int TooManyRequests = -32000;

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Delivers a message of a user with a valid token.</summary>
    /// <param name="origin">The POST that contained the message. Its token goes upstream if the message is a
    /// call.</param>
    /// <param name="place">The user's place. An accepted message releases it; otherwise the caller must.</param>
    public Admission Deliver(string sessionId, ReadOnlySpan<byte> body, MessageOrigin origin, IDisposable place)
    {
        if (sessions.Find(sessionId, OwnerOf(origin)) is not { } session)
        {
            return Admission.NoSession;
        }

        return Read(body) is { } message ? mcp.Accept(session, message, origin, place) : Admission.NoMessage;
    }

    /// <summary>Returns whether a message is within its user's limits. A cancellation and the answer to a form pass
    /// even if all places are in use, because they free one. They still count as calls.</summary>
    public static bool MayPass(RateLimitLease place, JsonElement message) =>
        place.IsAcquired
        || (
            RateLimits.IsOverPlaces(place)
            && (
                MethodOf(message) is { } method
                    ? method.ValueEquals(NotificationMethods.CancelledNotification)
                    : IncomingMessage.IsResponse(message)
            )
        );

    /// <summary>Returns <see langword="true"/> for every id that has no sign of another kind, so that a wrong one gets
    /// the usual answer.</summary>
    public bool Takes(string sessionId) => SessionAnnouncement.Of(sessionId) is null;

    /// <summary>Delivers a message that another instance received, within the limits of the user on this
    /// instance.</summary>
    public Admission Receive(RelayedMessage message, AccessToken token)
    {
        var (sessionId, body) = (message.SessionId, message.Body);
        var origin = new MessageOrigin(token, addresses.Find("/messages")!, message.IsReadOnly, message.CorrelationId)
        {
            Bytes = body.Length,
            Caller = TraceContext.Parse(message.TraceParent, null),
            HasWholeText = message.HasWholeText,
            Selection = ToolSelection.Read(message.Tools, message.ExcludedTools),
        };
        var place = limits.EnterUser(token.Subject);
        var admission = Admission.NoMessage;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (MayPass(place, document.RootElement))
            {
                return admission = Deliver(sessionId, body, origin, place);
            }

            return
                limits.MayRefuseOnStream(token.Subject)
                && TryRefuse(sessionId, document.RootElement, origin, RateLimits.SecondsToWait(place))
                ? Admission.Accepted
                : Admission.TooMany;
        }
        catch (JsonException)
        {
            return Admission.NoMessage;
        }
        finally
        {
            if (admission != Admission.Accepted)
            {
                place.Dispose();
            }
        }
    }

    /// <summary>Refuses a request that exceeds the user's limit. The refusal goes to the stream and gives the time to
    /// wait.</summary>
    /// <returns>Whether the refusal was sent. Notifications and responses get none.</returns>
    public bool TryRefuse(string sessionId, JsonElement message, MessageOrigin origin, double seconds)
    {
        if (sessions.Find(sessionId, OwnerOf(origin)) is not { } session || IdOf(message) is not { } id)
        {
            return false;
        }

        session.Send(Refusal(id, isCall: MethodOf(message)!.Value.ValueEquals(ToolRequests.Call), seconds));
        return true;
    }

    private SessionOwner OwnerOf(MessageOrigin origin) => new(auth.Issuer, origin.Token!.Subject);

    private static JsonElement? MethodOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("method", out var method)
        && method.ValueKind == JsonValueKind.String
            ? method
            : null;

    // A message that is not a request has no id.
    private static RequestId? IdOf(JsonElement message)
    {
        if (MethodOf(message) is null || !message.TryGetProperty("id", out var id))
        {
            return null;
        }

        try
        {
            return id.ValueKind switch
            {
                JsonValueKind.String => new(id.GetString()!),
                JsonValueKind.Number when id.TryGetInt64(out var number) => new(number),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
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

    private static JsonRpcMessage Refusal(RequestId id, bool isCall, double seconds)
    {
        var wait = $"Too many requests. Wait {seconds.ToString(CultureInfo.InvariantCulture)} s, then ask again.";
        return isCall
            ? new JsonRpcResponse
            {
                Id = id,
                Result = new JsonObject
                {
                    ["content"] = new JsonArray(
                        new JsonObject { ["type"] = "text", ["text"] = "The tool was not called. " + wait }
                    ),
                    ["isError"] = true,
                },
            }
            : new JsonRpcError
            {
                Id = id,
                Error = new() { Code = TooManyRequests, Message = wait },
            };
    }
}
