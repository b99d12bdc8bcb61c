using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>One posted message, as an SDK's server of its own sees it: the only one that comes; what is said to it goes
/// down the stream.</summary>
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
        // The SDK cancels subscriptions as soon as no further message can come. All other messages are answered first.
        if (message is not JsonRpcRequest { Method: RequestMethods.SubscriptionsListen })
        {
            messages.Writer.Complete();
        }
    }

    public JsonRpcMessage Message { get; }

    /// <summary>Gets the id that the answer will carry, if there will be one.</summary>
    public RequestId? RequestId => (Message as JsonRpcRequest)?.Id;

    public bool IsCall => Message is JsonRpcRequest { Method: ToolRequests.Call };

    public CancellationToken Cancelled => cancellation.Token;

    public string? SessionId => session.Id;

    public ChannelReader<JsonRpcMessage> MessageReader => messages.Reader;

    /// <summary>Gives the message up: nobody waits for its answer any more.</summary>
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

    // The source holds nothing, and may be cancelled after the message is dealt with.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
