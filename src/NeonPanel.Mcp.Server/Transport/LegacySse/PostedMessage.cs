using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>One posted message as the transport of its own SDK server. The server receives this message only, and what
/// it sends goes to the stream.</summary>
internal sealed class PostedMessage : ITransport
{
    private readonly LegacySseSession session;
    private readonly Channel<JsonRpcMessage> messages = Channel.CreateBounded<JsonRpcMessage>(1);
    private readonly CancellationTokenSource cancellation = new();

    public PostedMessage(LegacySseSession session, JsonRpcMessage message)
    {
        this.session = session;
        Message = message;
        messages.Writer.TryWrite(message);
        // The SDK cancels a subscription as soon as its transport cannot deliver more messages. It answers all other
        // messages first.
        if (message is not JsonRpcRequest { Method: RequestMethods.SubscriptionsListen })
        {
            messages.Writer.Complete();
        }
    }

    public JsonRpcMessage Message { get; }

    /// <summary>Gets the id of the request, or <see langword="null"/> if the message is not a request.</summary>
    public RequestId? RequestId => (Message as JsonRpcRequest)?.Id;

    public bool IsCall => Message is JsonRpcRequest { Method: ToolRequests.Call };

    public CancellationToken Cancelled => cancellation.Token;

    public string? SessionId => session.Id;

    public ChannelReader<JsonRpcMessage> MessageReader => messages.Reader;

    /// <summary>Cancels the message, because no client waits for its response any more.</summary>
    public void Cancel() => cancellation.Cancel();

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (!Cancelled.IsCancellationRequested)
        {
            session.Send(message);
        }

        if (message is JsonRpcResponse or JsonRpcError)
        {
            messages.Writer.TryComplete();
        }

        return Task.CompletedTask;
    }

    // The token source holds no resources, and it may be cancelled after the message is handled, so it is not disposed.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
