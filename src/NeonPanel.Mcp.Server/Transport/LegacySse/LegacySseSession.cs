using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Whose a stream is.</summary>
internal sealed record SessionOwner(string Issuer, string Subject);

/// <summary>One stream, as the SDK's server sees it: messages that were posted come in, answers go out as events.</summary>
internal sealed class LegacySseSession(string id, SessionOwner owner, EventStream events, TimeProvider time) : ITransport
{
    private static readonly JsonTypeInfo MessageType = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    // Nothing here ends up inside HTML; the default encoder would write every quote in a text as six characters.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Small: the SDK takes messages as they come. Bounded, it holds no memory while it is empty.
    private readonly Channel<JsonRpcMessage> received =
        Channel.CreateBounded<JsonRpcMessage>(new BoundedChannelOptions(8) { SingleReader = true });

    private long lastMessage = time.GetTimestamp();

    public SessionOwner Owner { get; } = owner;

    public string SessionId { get; } = id;

    public ChannelReader<JsonRpcMessage> MessageReader => received.Reader;

    /// <summary>Gets how long no message came or went.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref lastMessage));

    /// <summary>Tells the client where to post (revision 2024-11-05, Transports: HTTP with SSE).</summary>
    public void SendEndpoint(string address) => events.Send(Encoding.UTF8.GetBytes($"event: endpoint\ndata: {address}\n\n"));

    /// <summary>Hands a posted message to the server.</summary>
    /// <returns>Whether the stream still takes messages.</returns>
    public async ValueTask<bool> TryReceiveAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        Volatile.Write(ref lastMessage, time.GetTimestamp());
        try
        {
            await received.Writer.WriteAsync(message, cancellationToken);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref lastMessage, time.GetTimestamp());
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: message\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            JsonSerializer.Serialize(writer, message, MessageType);
        }

        buffer.Write("\n\n"u8);
        events.Send(buffer.WrittenMemory);
        return Task.CompletedTask;
    }

    public void Beat() => events.Beat();

    /// <summary>Takes no more messages. The SDK's server ends when the calls it has are answered.</summary>
    public void End() => received.Writer.TryComplete();

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }
}
