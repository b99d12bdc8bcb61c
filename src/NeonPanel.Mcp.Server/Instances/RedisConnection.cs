using NeonPanel.Mcp.Server.Telemetry;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Instances;

/// <summary>The connection to Redis, which all parts of the server share.</summary>
internal sealed class RedisConnection(RedisOptions options, TimeProvider time, ILogger<RedisConnection> logger)
    : IAsyncDisposable
{
    private const long Never = long.MinValue;
    private long lostTicks = Never;

    private readonly Lock gate = new();
    private Task<ConnectionMultiplexer>? connecting;

    /// <summary>Returns the connection, and begins to connect at the first call. The task ends after the time limit of
    /// connecting at the latest, with or without a connection; the library keeps trying in the background.</summary>
    public Task<ConnectionMultiplexer> Get()
    {
        lock (gate)
        {
            return connecting ??= Task.Run(ConnectAsync, CancellationToken.None);
        }
    }

    /// <summary>Returns whether Redis was away at some time since then, so that it may lack what an instance wished to
    /// store, or what it had stored before.</summary>
    public bool WasAwaySince(DateTimeOffset start) => Interlocked.Read(ref lostTicks) >= start.UtcTicks;

    /// <summary>Notes that Redis did not answer.</summary>
    public void NoteAbsence() => Interlocked.Exchange(ref lostTicks, time.GetUtcNow().UtcTicks);

    public async ValueTask DisposeAsync()
    {
        if (connecting is { IsCompletedSuccessfully: true, Result: var redis })
        {
            await redis.DisposeAsync();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(options.Server);
        redis.ConnectionFailed += (_, failure) =>
        {
            NoteAbsence();
            Log.RedisLost(logger, failure.FailureType);
        };
        redis.ConnectionRestored += (_, _) =>
        {
            NoteAbsence();
            Log.RedisRestored(logger);
        };
        if (!redis.IsConnected)
        {
            NoteAbsence();
            Log.RedisLost(logger, ConnectionFailureType.UnableToConnect);
        }

        return redis;
    }
}
