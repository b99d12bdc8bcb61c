using System.Collections.Concurrent;
using System.Text.Json;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Forwards messages to the instance that holds their stream. It uses only publish/subscribe, so Redis stores
/// nothing. Each instance listens on its own channels, and the session id names the instance.</summary>
internal sealed class RedisRelay(
    RedisConnection connection,
    MessageDelivery delivery,
    TokenValidator validator,
    McpAddresses addresses,
    TimeProvider time
) : IHostedService
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<Admission>> waiting = [];
    private long lastNumber;

    /// <summary>Gets the name under which other instances reach this instance.</summary>
    public string Instance { get; } = SessionId.NewInstance();

    /// <summary>Starts to listen. The server does not wait for the connection: without it, only streams of other
    /// instances cannot be reached.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(ListenAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Forwards a message to the instance that its session id names.</summary>
    public async Task<Admission> ForwardAsync(
        string sessionId,
        byte[] body,
        MessageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        if (SessionId.InstanceIn(sessionId) is not { } owner || owner == Instance)
        {
            return Admission.NoSession;
        }

        var number = Interlocked.Increment(ref lastNumber);
        var answer = waiting[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var message = new RelayedMessage(
                Instance,
                number,
                sessionId,
                origin.CorrelationId,
                origin.IsReadOnly,
                origin.HasWholeText,
                origin.Selection?.Tools,
                origin.Selection?.ExcludedTools,
                body,
                TraceContext.ToText(origin.Caller),
                origin.Token!.Value
            );
            var json = JsonSerializer.SerializeToUtf8Bytes(message, RelayJson.Default.RelayedMessage);
            var redis = await connection.Get().WaitAsync(AnswerTimeout, time, cancellationToken);
            // No subscriber: the instance has stopped, and its streams with it.
            return await redis.GetSubscriber().PublishAsync(Messages(owner), json) == 0
                ? Admission.NoSession
                : await answer.Task.WaitAsync(AnswerTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return Admission.Unreachable;
        }
        finally
        {
            waiting.TryRemove(number, out _);
        }
    }

    private async Task ListenAsync()
    {
        var redis = await connection.Get();
        // Not awaited: the client library subscribes when it is connected, and again after each reconnect.
        var subscriber = redis.GetSubscriber();
        await subscriber.SubscribeAsync(
            Messages(Instance),
            (channel, json) => _ = ReceiveAsync(subscriber, json),
            CommandFlags.FireAndForget
        );
        await subscriber.SubscribeAsync(
            Answers(Instance),
            (channel, json) => Answered(json),
            CommandFlags.FireAndForget
        );
    }

    private async Task ReceiveAsync(ISubscriber subscriber, RedisValue json)
    {
        RelayedMessage? message;
        try
        {
            message = JsonSerializer.Deserialize((byte[])json!, RelayJson.Default.RelayedMessage);
        }
        catch (JsonException)
        {
            message = null;
        }

        if (message is null || !SessionId.IsInstance(message.From))
        {
            return;
        }

        var answer = new RelayedAnswer(message.Number, await AdmitAsync(message));
        try
        {
            await subscriber.PublishAsync(
                Answers(message.From),
                JsonSerializer.SerializeToUtf8Bytes(answer, RelayJson.Default.RelayedAnswer)
            );
        }
        catch (RedisException)
        {
            // The other instance gets no result in time and reports Unreachable.
        }
    }

    private async Task<Admission> AdmitAsync(RelayedMessage message)
    {
        try
        {
            // Validates the token again, because access to Redis does not authenticate a message.
            var verdict = await validator.ValidateAsync(message.Token, CancellationToken.None);
            if (!verdict.IsAccepted)
            {
                return Admission.NoSession;
            }

            return delivery.DeliverRelayed(
                message.SessionId,
                message.Body,
                new(verdict.Token, addresses.Find("/messages")!, message.IsReadOnly, message.CorrelationId)
                {
                    Caller = TraceContext.Parse(message.TraceParent, null),
                    HasWholeText = message.HasWholeText,
                    Selection = ToolSelection.Read(message.Tools, message.ExcludedTools),
                }
            );
        }
        catch (KeysUnavailableException)
        {
            return Admission.Unreachable;
        }
    }

    private void Answered(RedisValue json)
    {
        try
        {
            if (
                JsonSerializer.Deserialize((byte[])json!, RelayJson.Default.RelayedAnswer) is { } answer
                && waiting.TryGetValue(answer.Number, out var source)
            )
            {
                source.TrySetResult(answer.Admission);
            }
        }
        catch (JsonException)
        {
            // The text does not come from an instance of this server.
        }
    }

    private static RedisChannel Messages(string instance) => RedisChannel.Literal("neonpanel-mcp:messages:" + instance);

    private static RedisChannel Answers(string instance) => RedisChannel.Literal("neonpanel-mcp:answers:" + instance);
}
