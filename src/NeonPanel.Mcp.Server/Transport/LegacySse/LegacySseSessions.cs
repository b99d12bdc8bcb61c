using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The open streams of this instance, within the caps.</summary>
internal sealed class LegacySseSessions : IDisposable
{
    // With the pause after which a stream is due, at most 20 s pass between two signs of life (rule A8: 25 s).
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, LegacySseSession> sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<SessionOwner, int> perUser = [];
    private readonly LegacySseOptions options;
    private readonly TimeProvider time;
    private readonly ITimer rounds;
    private int count;
    private bool isStopping;

    public LegacySseSessions(
        LegacySseOptions options,
        IHostApplicationLifetime lifetime,
        ServerMetrics metrics,
        TimeProvider time
    )
    {
        this.options = options;
        this.time = time;
        // One timer for all: ten thousand would be most of what an idle stream costs.
        rounds = time.CreateTimer(_ => GoRound(), null, Round, Round);
        lifetime.ApplicationStopping.Register(Stop);
        metrics.WatchStreams(() => Count);
    }

    /// <summary>Gets how many streams are open.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Opens a session, to be closed with <see cref="Close"/>.</summary>
    /// <param name="instance">Where others bring messages for it, if they can.</param>
    /// <param name="refusal">The status that says why there is none: 503 when the server is full or stopping, 429 when
    /// the user is.</param>
    public bool TryOpen(
        SessionOwner owner,
        EventStream events,
        string? instance,
        [NotNullWhen(true)] out LegacySseSession? session,
        out int refusal
    )
    {
        session = null;
        refusal = 0;
        lock (perUser)
        {
            var ofUser = perUser.GetValueOrDefault(owner);
            if (isStopping || count >= options.MaxSessions)
            {
                refusal = StatusCodes.Status503ServiceUnavailable;
            }
            else if (ofUser >= options.MaxSessionsPerUser)
            {
                refusal = StatusCodes.Status429TooManyRequests;
            }
            else
            {
                perUser[owner] = ofUser + 1;
                count++;
                session = new(SessionId.New(instance), owner, events, time);
                sessions[session.Id] = session;
            }
        }

        return session is not null;
    }

    public void Close(LegacySseSession session)
    {
        session.End();
        if (!sessions.TryRemove(session.Id, out _))
        {
            return;
        }

        lock (perUser)
        {
            count--;
            if (--perUser[session.Owner] == 0)
            {
                perUser.Remove(session.Owner);
            }
        }
    }

    /// <returns>The session, or <see langword="null"/> when there is none of that id or it is another user's: who
    /// guesses does not learn which.</returns>
    public LegacySseSession? Find(string id, SessionOwner owner) =>
        sessions.TryGetValue(id, out var session) && session.Owner == owner ? session : null;

    public void Dispose() => rounds.Dispose();

    private void GoRound()
    {
        foreach (var (_, session) in sessions)
        {
            if (session.Silence >= options.IdleTimeout)
            {
                session.End();
            }

            session.Beat();
        }
    }

    // Idle streams close at once; those with a call in flight when it is answered (rule F1).
    private void Stop()
    {
        lock (perUser)
        {
            isStopping = true;
        }

        foreach (var (_, session) in sessions)
        {
            session.End();
        }
    }
}
