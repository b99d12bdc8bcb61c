using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Transport.Forms;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Shows the user of one stream forms. The stream carries the requests, and the calls wait for the
/// answers.</summary>
internal sealed class SessionForms(LegacySseSession session, FormDialog dialog) : IFormChannel
{
    private readonly Lock guard = new();

    // Created when it is needed, because most streams never show a form.
    private CancellationTokenSource? closing;
    private bool isAnnounced;
    private bool isEnded;

    public bool HasTitledOptions => FormAnnouncement.HasTitledOptions(session.ProtocolVersion);

    /// <summary>Gets the only one who may answer.</summary>
    public FormOwner Owner { get; } = new(session.Owner.Subject, session.Id);

    /// <summary>Returns the way in which a message shows forms, or <see langword="null"/> if the client cannot show
    /// them.</summary>
    public FormAsker? AskerOf(MessageOrigin origin) =>
        isAnnounced && FormAnnouncement.IsKnownTo(session.ProtocolVersion)
            ? (request, cancellationToken) =>
                dialog.AskAsync(request, Owner, origin.Bytes, this, Closing(), cancellationToken)
            : null;

    /// <summary>Remembers what the client announces in <c>initialize</c>.</summary>
    public void Observe(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject parameters })
        {
            var capabilities = new ArrayBufferWriter<byte>();
            try
            {
                using var writer = new Utf8JsonWriter(capabilities);
                (parameters["capabilities"] ?? new JsonObject()).WriteTo(writer);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                return; // a member twice, or half of a surrogate pair; the SDK answers the message
            }

            isAnnounced = FormAnnouncement.IsIn(JsonElement.Parse(capabilities.WrittenSpan));
        }
    }

    public Task SendAsync(JsonRpcMessage message)
    {
        session.Send(message);
        return Task.CompletedTask;
    }

    // The streams have heartbeats of their own.
    public Task BeatAsync() => Task.CompletedTask;

    /// <summary>Ends all waits as if the user had closed the forms.</summary>
    public void End()
    {
        CancellationTokenSource? source;
        lock (guard)
        {
            isEnded = true;
            source = closing;
        }

        source?.Cancel();
    }

    private CancellationToken Closing()
    {
        lock (guard)
        {
            return isEnded ? new(canceled: true) : (closing ??= new()).Token;
        }
    }
}
