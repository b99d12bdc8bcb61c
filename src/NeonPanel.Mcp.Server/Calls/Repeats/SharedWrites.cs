using System.Text.Json;
using System.Text.Json.Serialization;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Upstream;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>The writes of all instances, in Redis.</summary>
internal sealed class SharedWrites(RedisConnection connection, RepeatOptions options, TimeProvider time)
{
    // The time before a repeat asks again, while another instance carries out the write.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // No call takes longer. A write that is older and has not ended belongs to an instance that was killed.
    private static readonly TimeSpan LongestWrite = UpstreamOptions.MaxToolCall + TimeSpan.FromSeconds(10);

    /// <returns><see langword="null"/> if Redis does not answer.</returns>
    public Task<WriteClaim?> ClaimAsync(string key, bool isForced) =>
        TryAsync<WriteClaim?>(redis => ClaimAsync(redis, Name(key), isForced));

    /// <summary>Ends a claim. If Redis does not answer, the other instances treat the write as one of unknown
    /// outcome.</summary>
    /// <param name="mark">The text of the claim.</param>
    /// <param name="write">What to remember, or <see langword="null"/> to forget the write.</param>
    public Task EndAsync(string key, string mark, RememberedWrite? write) =>
        TryAsync<bool>(redis =>
            write is null
                ? ReplaceAsync(redis, Name(key), mark, null)
                : redis.StringSetAsync(Name(key), Text(write), options.Window)
        );

    private async Task<WriteClaim?> ClaimAsync(IDatabase redis, string name, bool isForced)
    {
        var mark = Text(new(WriteState.Running, time.GetUtcNow()));
        while (true)
        {
            if (await redis.StringSetAsync(name, mark, Lifetime, isForced ? When.Always : When.NotExists))
            {
                return new(IsMine: true) { Mark = mark, IsUnsure = !isForced && await MayLackWritesAsync(redis) };
            }

            var text = (string?)await redis.StringGetAsync(name);
            var earlier = Read(text);
            if (text is null || earlier is null)
            {
                // It ended meanwhile. A text that no instance wrote is replaced.
                isForced = text is not null;
                continue;
            }

            if (earlier.State == WriteState.Done)
            {
                return new(IsMine: false, earlier);
            }

            if (earlier.State == WriteState.Running && time.GetUtcNow() - earlier.At < LongestWrite)
            {
                return new(IsMine: false, earlier, Task.Delay(Pause, time));
            }

            if (await ReplaceAsync(redis, name, text, mark))
            {
                return new(IsMine: true, earlier with { State = WriteState.Unknown }) { Mark = mark };
            }
        }
    }

    // Returns whether another instance may have written within the window, although Redis does not know: Redis was
    // away, or it lost what it knew. The first instance that finds no beginning stores one.
    private async Task<bool> MayLackWritesAsync(IDatabase redis)
    {
        var start = time.GetUtcNow() - options.Window;
        var beginning = await redis.StringGetAsync(Beginning);
        if (beginning.IsNull)
        {
            await redis.StringSetAsync(Beginning, time.GetUtcNow().UtcTicks, when: When.NotExists);
            return true;
        }

        return !beginning.TryParse(out long ticks) || ticks >= start.UtcTicks || connection.WasAwaySince(start);
    }

    private TimeSpan Lifetime => options.Window + LongestWrite;

    // Only one instance replaces a text.
    private async Task<bool> ReplaceAsync(IDatabase redis, string name, string before, string? after)
    {
        var transaction = redis.CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(name, before));
        _ = after is null ? transaction.KeyDeleteAsync(name) : (Task)transaction.StringSetAsync(name, after, Lifetime);
        return await transaction.ExecuteAsync();
    }

    private async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        try
        {
            // The library has a time limit for connecting and for commands.
            var redis = await connection.Get();
            return await ask(redis.GetDatabase());
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            connection.NoteAbsence();
            return default;
        }
    }

    private static string Text(RememberedWrite write) =>
        JsonSerializer.Serialize(
            new SharedWrite(Guid.NewGuid(), write.State, write.At, write.Receipt),
            SharedWriteJson.Default.SharedWrite
        );

    private static RememberedWrite? Read(string? text)
    {
        try
        {
            return
                text is not null && JsonSerializer.Deserialize(text, SharedWriteJson.Default.SharedWrite) is { } write
                ? new(write.State, write.At, write.Receipt)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private const string Beginning = "neonpanel-mcp:beginning";

    private static string Name(string key) => "neonpanel-mcp:write:" + key;
}

/// <summary>A write as Redis stores it.</summary>
/// <param name="Number">Makes each text unique, so that an instance recognizes its own.</param>
internal sealed record SharedWrite(Guid Number, WriteState State, DateTimeOffset At, WriteReceipt? Receipt);

[JsonSerializable(typeof(SharedWrite))]
internal sealed partial class SharedWriteJson : JsonSerializerContext;
