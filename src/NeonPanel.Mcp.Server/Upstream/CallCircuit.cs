namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Counts the failures of one operation, or of the whole API, and pauses calls while they fail
/// (docs/decisions/0022). The failures of one user pause that user alone. The failures of three users pause all
/// users.</summary>
/// <param name="leastOperations">How many different operations must fail: 1 for the circuit of an operation.</param>
internal sealed class CallCircuit(int leastOperations, TimeProvider time)
{
    /// <summary>How many failed calls open the circuit. At least as many must have failed as succeeded.</summary>
    public const int LeastFailures = 10;

    /// <summary>How many users must see failures before the circuit opens for all users.</summary>
    public const int LeastSubjects = 3;

    /// <summary>How many calls of one user count for all users. Otherwise a user who calls often would decide for
    /// all.</summary>
    public const int MostOfOneSubject = 4;

    /// <summary>How long failures count. The window begins with the first failure.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit pauses calls. Then one call tries whether the API has recovered.</summary>
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    // How long to wait while a trial call is in progress, because its duration is unknown.
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, SubjectCalls> subjects = new(StringComparer.Ordinal);
    private Pause? pauseOfAll;
    private long windowStart;

    // True if no failure counts and no user is paused. A healthy API then needs no lock.
    private volatile bool isQuiet = true;

    /// <summary>Gets the state for all users. A pause of a single user does not change it.</summary>
    public CircuitState State
    {
        get
        {
            lock (gate)
            {
                return pauseOfAll switch
                {
                    null => CircuitState.Closed,
                    { IsTrying: true } => CircuitState.Trying,
                    _ => CircuitState.Open,
                };
            }
        }
    }

    /// <summary>Admits a call, or refuses it while the circuit is open for its user.</summary>
    /// <param name="permit">The caller must pass it to <see cref="Leave"/> or <see cref="GiveBack"/>.</param>
    /// <param name="wait">How long the caller should wait after a refusal.</param>
    public bool TryEnter(string subject, out CallPermit permit, out TimeSpan wait)
    {
        permit = default;
        wait = TimeSpan.Zero;
        if (isQuiet)
        {
            return true;
        }

        lock (gate)
        {
            Expire();
            var ownPause = subjects.GetValueOrDefault(subject)?.Pause;
            // A user whose own calls fail makes no trial call for all users.
            if (IsPaused(ownPause, out wait) || IsPaused(pauseOfAll, out wait))
            {
                return false;
            }

            permit = new(Start(ownPause), Start(pauseOfAll));
            return true;
        }
    }

    /// <summary>Ends a call that was not sent after all, so that another call may be the trial.</summary>
    public void GiveBack(CallPermit permit)
    {
        lock (gate)
        {
            permit.TrialOfSubject?.IsTrying = false;
            permit.TrialOfAll?.IsTrying = false;
        }
    }

    /// <summary>Counts the outcome of a call. A trial call ends its pause, or restarts it.</summary>
    public void Leave(CallPermit permit, string subject, string operation, CallVerdict verdict)
    {
        if (isQuiet && verdict != CallVerdict.Failed)
        {
            return;
        }

        lock (gate)
        {
            Expire();
            if (permit.TrialOfSubject is null && permit.TrialOfAll is null)
            {
                Count(subject, operation, verdict);
                return;
            }

            // A trial without a clear outcome shows nothing, so the pause goes on.
            var hasRecovered = verdict == CallVerdict.Succeeded;
            if (permit.TrialOfAll == pauseOfAll && pauseOfAll is not null)
            {
                pauseOfAll = hasRecovered ? null : new(time.GetTimestamp());
                if (hasRecovered)
                {
                    subjects.Clear();
                }
            }

            if (permit.TrialOfSubject is { } trial && subjects.TryGetValue(subject, out var own) && own.Pause == trial)
            {
                own.Forget();
                own.Pause = hasRecovered ? null : new(time.GetTimestamp());
            }
        }
    }

    private void Count(string subject, string operation, CallVerdict verdict)
    {
        if (verdict == CallVerdict.Unknown)
        {
            return;
        }

        if (subjects.Count == 0)
        {
            if (verdict == CallVerdict.Succeeded)
            {
                return;
            }

            windowStart = time.GetTimestamp();
            isQuiet = false;
        }

        if (!subjects.TryGetValue(subject, out var calls))
        {
            subjects[subject] = calls = new();
        }

        if (verdict == CallVerdict.Succeeded)
        {
            calls.Successes++;
            return;
        }

        calls.Failures++;
        if (calls.Operations.Count < leastOperations)
        {
            calls.Operations.Add(operation);
        }

        if (
            calls.Failures >= LeastFailures
            && calls.Failures >= calls.Successes
            && calls.Operations.Count >= leastOperations
        )
        {
            calls.Pause ??= new(time.GetTimestamp());
        }

        if (pauseOfAll is null && FailsForAll())
        {
            pauseOfAll = new(time.GetTimestamp());
        }
    }

    private bool FailsForAll()
    {
        var failing = subjects.Values.Where(calls => calls.Failures > 0).ToList();
        return failing.Count >= LeastSubjects
            && failing.Sum(calls => Math.Min(calls.Failures, MostOfOneSubject)) >= LeastFailures
            && subjects.Values.Sum(calls => calls.Balance) >= 0
            && failing
                .SelectMany(calls => calls.Operations)
                .Distinct(StringComparer.Ordinal)
                .Take(leastOperations)
                .Count() == leastOperations;
    }

    private bool IsPaused(Pause? pause, out TimeSpan wait)
    {
        wait = pause switch
        {
            null => TimeSpan.Zero,
            { IsTrying: true } => Shortly,
            _ => Break - time.GetElapsedTime(pause.Start),
        };
        return wait > TimeSpan.Zero;
    }

    private static Pause? Start(Pause? pause)
    {
        pause?.IsTrying = true;
        return pause;
    }

    // Forgets the failures of a past window, and users whose pause ended a window ago and who made no call since.
    private void Expire()
    {
        if (subjects.Count > 0 && time.GetElapsedTime(windowStart) >= Window)
        {
            windowStart = time.GetTimestamp();
            foreach (var (subject, calls) in subjects)
            {
                calls.Forget();
                if (
                    calls.Pause is null
                    || (!calls.Pause.IsTrying && time.GetElapsedTime(calls.Pause.Start) >= Break + Window)
                )
                {
                    subjects.Remove(subject);
                }
            }
        }

        isQuiet = subjects.Count == 0 && pauseOfAll is null;
    }

    private sealed class SubjectCalls
    {
        public int Failures { get; set; }

        public int Successes { get; set; }

        public HashSet<string> Operations { get; } = new(StringComparer.Ordinal);

        public Pause? Pause { get; set; }

        /// <summary>Gets failures minus successes. All calls of one user count at most as
        /// <see cref="MostOfOneSubject"/> calls.</summary>
        public double Balance
        {
            get
            {
                var calls = Failures + Successes;
                return calls == 0 ? 0 : (double)(Failures - Successes) / calls * Math.Min(calls, MostOfOneSubject);
            }
        }

        public void Forget()
        {
            Failures = 0;
            Successes = 0;
            Operations.Clear();
        }
    }

    /// <summary>A time in which no calls are sent.</summary>
    /// <param name="start">Timestamp of its beginning.</param>
    internal sealed class Pause(long start)
    {
        public long Start { get; } = start;

        /// <summary>Gets or sets whether a trial call is under way.</summary>
        public bool IsTrying { get; set; }
    }
}

/// <summary>Permission to send a call.</summary>
/// <param name="TrialOfSubject">The pause of the call's user, if the call is the trial for that user.</param>
/// <param name="TrialOfAll">The pause of all users, if the call is the trial for all users.</param>
internal readonly record struct CallPermit(CallCircuit.Pause? TrialOfSubject, CallCircuit.Pause? TrialOfAll)
{
    public bool IsTrial => TrialOfSubject is not null || TrialOfAll is not null;
}
