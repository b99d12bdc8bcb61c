using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The open streams of this instance. Enforces their limits.</summary>
internal sealed class LegacySseSessions : IDisposable
{
    // A stream gets a heartbeat after 15 s of silence, so at most 20 s pass between two events (rule A8: 25 s).
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, LegacySseSession> sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<SessionOwner, int> perUser = [];
    private readonly LegacySseOptions options;
    private readonly FormDialog dialog;
    private readonly TimeProvider time;
    private readonly ITimer rounds;
    private int count;
    private bool isStopping;

    public LegacySseSessions(
        LegacySseOptions options,
        IHostApplicationLifetime lifetime,
        ServerMetrics metrics,
        FormDialog dialog,
        TimeProvider time
    )
    {
        this.options = options;
        this.dialog = dialog;
        this.time = time;
        // One timer for all streams: a timer per stream would account for most of the memory of an idle stream.
        rounds = time.CreateTimer(_ => GoRound(), null, Round, Round);
        lifetime.ApplicationStopping.Register(Stop);
        metrics.WatchStreams(() => Count);
    }

    /// <summary>Gets how many streams are open.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Opens a session. The caller closes it with <see cref="Close"/>.</summary>
    /// <param name="instance">Name of this instance, so that other instances can forward messages to it;
    /// <see langword="null"/> without Redis.</param>
    /// <param name="refusal">HTTP status if no session was opened: 503 if the server is full or stopping, 429 if the
    /// user has too many streams.</param>
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
                session = new(SessionId.New(instance), owner, events, time, dialog);
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

    /// <returns>The session, or <see langword="null"/> if no session has the id or it belongs to another user. The
    /// result is the same in both cases, so that guessing an id reveals nothing.</returns>
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

    // Idle streams close at once. A stream with a call in progress closes after its response (rule F1).
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
