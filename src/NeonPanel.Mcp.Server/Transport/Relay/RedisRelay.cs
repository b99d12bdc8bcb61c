using System.Collections.Concurrent;
using System.Text.Json;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Telemetry;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Transport.Relay;

/// <summary>Forwards messages to the instance that holds their stream or the call that waits for them. It uses only
/// publish/subscribe, so Redis stores nothing. Each instance listens on its own channels, and on one channel for
/// all.</summary>
internal sealed class RedisRelay(
    RedisConnection connection,
    InstanceName instance,
    IEnumerable<IRelayReceiver> receivers,
    TokenValidator validator,
    TimeProvider time
) : IHostedService
{
    // Number of a message that no instance waits for.
    private const long NoNumber = -1;

    private static readonly RedisChannel ForAll = RedisChannel.Literal("neonpanel-mcp:messages");
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<Admission>> waiting = [];
    private long lastNumber;

    /// <summary>Gets the name under which other instances reach this instance.</summary>
    public string Instance => instance.Value;

    /// <summary>Starts to listen. The server does not wait for the connection: without it, only streams of other
    /// instances cannot be reached.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(ListenAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Forwards a message to another instance.</summary>
    /// <param name="owner">The other instance, or <see langword="null"/> if none is known.</param>
    public async Task<Admission> ForwardAsync(
        string? owner,
        string sessionId,
        byte[] body,
        MessageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        if (owner is null || owner == Instance)
        {
            return Admission.NoSession;
        }

        var number = Interlocked.Increment(ref lastNumber);
        var answer = waiting[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var json = JsonOf(number, sessionId, body, origin);
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

    /// <summary>Forwards a message to all other instances, if they can be reached.</summary>
    public async Task BroadcastAsync(
        string sessionId,
        byte[] body,
        MessageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var redis = await connection.Get().WaitAsync(AnswerTimeout, time, cancellationToken);
            await redis.GetSubscriber().PublishAsync(ForAll, JsonOf(NoNumber, sessionId, body, origin));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Nobody waits for the result.
        }
    }

    private byte[] JsonOf(long number, string sessionId, byte[] body, MessageOrigin origin) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new(
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
            ),
            RelayJson.Default.RelayedMessage
        );

    private async Task ListenAsync()
    {
        var redis = await connection.Get();
        // Not awaited: the client library subscribes when it is connected, and again after each reconnect.
        var subscriber = redis.GetSubscriber();
        foreach (var messages in new[] { Messages(Instance), ForAll })
        {
            await subscriber.SubscribeAsync(
                messages,
                (channel, json) => _ = ReceiveAsync(subscriber, json),
                CommandFlags.FireAndForget
            );
        }

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

        if (
            message is not { SessionId: not null, Body: not null }
            || !SessionId.IsInstance(message.From)
            || message.From == Instance
        )
        {
            return;
        }

        var answer = new RelayedAnswer(message.Number, await AdmitAsync(message));
        if (answer.Number == NoNumber)
        {
            return;
        }

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

            return receivers.FirstOrDefault(receiver => receiver.Takes(message.SessionId)) is { } receiver
                ? receiver.Receive(message, verdict.Token)
                : Admission.NoSession;
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
