using NeonPanel.Mcp.Server.Instances;

namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>The writes that the server remembers: its own, and with Redis those of the other instances.</summary>
/// <param name="connections">The connection to Redis, if there is one.</param>
internal sealed class RememberedWrites(
    RepeatOptions options,
    TimeProvider time,
    IEnumerable<RedisConnection> connections
)
{
    private readonly LocalWrites local = new(options, time);
    private readonly SharedWrites? shared = connections.FirstOrDefault() is { } connection
        ? new(connection, options, time)
        : null;

    /// <summary>Begins a write, if nobody else has begun it.</summary>
    /// <param name="key">See <see cref="RepeatKey"/>.</param>
    /// <param name="isForced">Whether the caller sends the write, whatever the server remembers.</param>
    public ValueTask<WriteClaim> ClaimAsync(string key, bool isForced)
    {
        var mine = local.Claim(key, isForced);
        return shared is null || !mine.IsMine ? new(mine) : new(ClaimAsync(shared, key, isForced, mine));
    }

    /// <summary>Ends the claim of a write.</summary>
    /// <param name="write">What to remember, or <see langword="null"/> to forget the write.</param>
    public Task EndAsync(string key, WriteClaim claim, RememberedWrite? write)
    {
        local.End(key, claim, write);
        return shared is not null && claim.Mark is { } mark ? shared.EndAsync(key, mark, write) : Task.CompletedTask;
    }

    private async Task<WriteClaim> ClaimAsync(SharedWrites shared, string key, bool isForced, WriteClaim mine)
    {
        var claim = await shared.ClaimAsync(key, isForced);
        if (claim is null)
        {
            return mine with { IsAlone = true, IsUnsure = mine.Earlier is null };
        }

        if (!claim.IsMine)
        {
            local.End(key, mine, claim.Change is null ? claim.Earlier : null);
            return claim;
        }

        return claim with
        {
            Earlier = claim.Earlier ?? mine.Earlier,
            Ticket = mine.Ticket,
            IsUnsure = claim.IsUnsure && mine.Earlier is null,
        };
    }
}
