using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Whose a stream is.</summary>
internal sealed record SessionOwner(string Issuer, string Subject);

/// <summary>One open stream: what is in flight on it, and what goes down it.</summary>
internal sealed class LegacySseSession(string id, SessionOwner owner, EventStream events, TimeProvider time)
{
    private static readonly JsonTypeInfo MessageType = McpJsonUtilities.DefaultOptions.GetTypeInfo(
        typeof(JsonRpcMessage)
    );

    // Nothing here ends up inside HTML; the default encoder would write every quote in a text as six characters.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock guard = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<PostedMessage>? inFlight;
    private bool isEnding;
    private long lastMessage = time.GetTimestamp();

    public SessionOwner Owner { get; } = owner;

    public string Id { get; } = id;

    /// <summary>Gets the revision that <c>initialize</c> agreed on.</summary>
    public string? ProtocolVersion { get; private set; }

    /// <summary>Gets what completes when the stream is to end and all that was asked is answered.</summary>
    public Task Ended => ended.Task;

    /// <summary>Gets how long no message came or went; none while a call is in flight. A subscription is no
    /// call.</summary>
    public TimeSpan Silence
    {
        get
        {
            lock (guard)
            {
                return inFlight?.Exists(message => message.IsCall) == true
                    ? TimeSpan.Zero
                    : time.GetElapsedTime(lastMessage);
            }
        }
    }

    /// <summary>Tells the client where to post (revision 2024-11-05, Transports: HTTP with SSE).</summary>
    public void SendEndpoint(string address) =>
        events.Send(Encoding.UTF8.GetBytes($"event: endpoint\ndata: {address}\n\n"));

    public void Send(JsonRpcMessage message)
    {
        if (
            message is JsonRpcResponse { Result: JsonObject result }
            && result["protocolVersion"] is JsonValue version
            && version.TryGetValue<string>(out var revision)
        )
        {
            ProtocolVersion = revision;
        }

        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: message\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            JsonSerializer.Serialize(writer, message, MessageType);
        }

        buffer.Write("\n\n"u8);
        events.Send(buffer.WrittenMemory);
    }

    /// <summary>Takes a message in, to be given to <see cref="Finish"/> when it is dealt with.</summary>
    public Admission TryBegin(PostedMessage message)
    {
        lock (guard)
        {
            if (isEnding)
            {
                return Admission.NoSession;
            }

            if (message.RequestId is { } id && inFlight?.Exists(other => other.RequestId == id) == true)
            {
                return Admission.IdInUse;
            }

            lastMessage = time.GetTimestamp();
            (inFlight ??= []).Add(message);
            return Admission.Accepted;
        }
    }

    public void Finish(PostedMessage message)
    {
        lock (guard)
        {
            lastMessage = time.GetTimestamp();
            inFlight!.Remove(message);
            if (inFlight.Count > 0)
            {
                return;
            }

            inFlight = null;
            if (isEnding)
            {
                ended.TrySetResult();
            }
        }
    }

    /// <summary>Gives up the request of an id, if it is in flight (Utilities: Cancellation; <c>initialize</c> cannot
    /// be).</summary>
    public void Cancel(RequestId id) =>
        CancelWhere(message =>
            message.RequestId == id && message.Message is not JsonRpcRequest { Method: RequestMethods.Initialize }
        );

    /// <summary>Gives up all that is in flight: the client is gone.</summary>
    public void Abandon()
    {
        End();
        CancelWhere(_ => true);
    }

    public void Beat() => events.Beat();

    /// <summary>Takes no more messages. Calls in flight are answered; what would wait for something to happen is given
    /// up.</summary>
    public void End()
    {
        lock (guard)
        {
            isEnding = true;
            if (inFlight is null)
            {
                ended.TrySetResult();
                return;
            }
        }

        CancelWhere(message => !message.IsCall);
    }

    private void CancelWhere(Predicate<PostedMessage> condition)
    {
        List<PostedMessage> chosen;
        lock (guard)
        {
            chosen = inFlight?.FindAll(condition) ?? [];
        }

        // Outside the lock: what is cancelled may finish here and now.
        chosen.ForEach(message => message.Cancel());
    }
}
