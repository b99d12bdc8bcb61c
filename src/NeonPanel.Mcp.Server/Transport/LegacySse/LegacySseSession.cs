using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The user who owns a stream.</summary>
internal sealed record SessionOwner(string Issuer, string Subject);

/// <summary>One open stream and its messages in progress.</summary>
internal sealed class LegacySseSession
{
    private readonly Lock guard = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<PostedMessage>? inFlight;
    private bool isEnding;
    private readonly EventStream events;
    private readonly TimeProvider time;
    private long lastMessage;

    public LegacySseSession(string id, SessionOwner owner, EventStream events, TimeProvider time, FormDialog dialog)
    {
        Id = id;
        Owner = owner;
        this.events = events;
        this.time = time;
        lastMessage = time.GetTimestamp();
        Forms = new(this, dialog);
    }

    public SessionOwner Owner { get; }

    public string Id { get; }

    /// <summary>Gets the forms that calls of the stream show.</summary>
    public SessionForms Forms { get; }

    /// <summary>Gets the revision that <c>initialize</c> negotiated, or <see langword="null"/> before it.</summary>
    public string? ProtocolVersion { get; private set; }

    /// <summary>Gets or sets what <c>initialize</c> announced about views.</summary>
    public ViewHost ViewHost { get; set; }

    /// <summary>Gets or sets the host's name in <c>initialize</c>, or <see langword="null"/>.</summary>
    public string? ClientName { get; set; }

    /// <summary>Gets a task that completes when the stream must end and no call is in progress.</summary>
    public Task Ended => ended.Task;

    /// <summary>Gets the time since the last message in either direction; zero while a call is in progress. A
    /// subscription does not count as a call.</summary>
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

    /// <summary>Sends the address to which the client must post (revision 2024-11-05, Transports: HTTP with
    /// SSE).</summary>
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

        events.Send(EventText.Of(message));
    }

    /// <summary>Registers a message. The caller passes it to <see cref="Finish"/> after handling it.</summary>
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

    /// <summary>Cancels the request with an id if it is in progress (Utilities: Cancellation). <c>initialize</c> cannot
    /// be cancelled.</summary>
    public void Cancel(RequestId id) =>
        CancelWhere(message =>
            message.RequestId == id && message.Message is not JsonRpcRequest { Method: RequestMethods.Initialize }
        );

    /// <summary>Ends the stream and cancels everything in progress, because the client has disconnected.</summary>
    public void Abandon()
    {
        End();
        CancelWhere(_ => true);
    }

    public void Beat() => events.Beat();

    /// <summary>Rejects further messages. Calls in progress still get their response; other messages, such as
    /// subscriptions, are cancelled.</summary>
    public void End()
    {
        Forms.End();
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

        // Outside the lock, because cancelling a message may finish it on this thread.
        chosen.ForEach(message => message.Cancel());
    }
}
