using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NeonPanel.Mcp.Server.Edge;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Instances;

/// <summary>The calls of users at all instances, in Redis. A call does not wait for Redis: each instance tells the
/// others five times a second what its users did, so the limits may be exceeded by the calls of a fifth of a second. If
/// Redis does not answer, the limits hold for each instance.</summary>
internal sealed class SharedUsers(RedisConnection connection, LimitOptions limits, TimeProvider time)
    : BackgroundService,
        IUsersElsewhere
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // Adds calls to a user's bucket and notes how many run at this instance. The bucket is the time at which it will be
    // empty again (the generic cell rate algorithm, ITU-T I.371 Annex A), by the clock of Redis in milliseconds.
    // Instances that have not written for two seconds do not count. Returns the milliseconds until the bucket is empty,
    // and the calls that run at other instances.
    private const string Script = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
        local empty = math.max(tonumber(redis.call('HGET', KEYS[1], 'empty') or now), now) + ARGV[1] * ARGV[2]
        redis.call('HSET', KEYS[1], 'empty', string.format('%.3f', empty), ARGV[3], ARGV[4] .. ':' .. now)
        redis.call('PEXPIRE', KEYS[1], math.ceil(empty - now) + 60000)
        local running = 0
        local fields = redis.call('HGETALL', KEYS[1])
        for i = 1, #fields, 2 do
          local count, at = string.match(fields[i + 1], '^(%d+):(%d+)$')
          if count and fields[i] ~= ARGV[3] then
            if now - at < 2000 then running = running + count else redis.call('HDEL', KEYS[1], fields[i]) end
          end
        end
        return {math.ceil(empty - now), running}
        """;

    private readonly ConcurrentDictionary<string, User> users = new(StringComparer.Ordinal);
    private readonly string instance = Guid.NewGuid().ToString("N");
    private readonly double millisecondsPerCall =
        TimeSpan.FromMinutes(1).TotalMilliseconds / limits.CallsPerMinutePerUser;

    public IDisposable Enter(string subject)
    {
        while (true)
        {
            var user = users.GetOrAdd(subject, _ => new());
            if (user.TryEnter())
            {
                return new Place(user);
            }

            // It was removed at this moment.
            users.TryRemove(new(subject, user));
        }
    }

    public UserLoad LoadOf(string subject) => users.TryGetValue(subject, out var user) ? user.Load(time) : default;

    /// <summary>Tells Redis what the users did since the last time, and learns what they did at other
    /// instances.</summary>
    public async Task ExchangeAsync() =>
        await Task.WhenAll(users.Select(entry => ExchangeAsync(entry.Key, entry.Value)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ExchangeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task ExchangeAsync(string subject, User user)
    {
        var (calls, running) = user.Take();
        try
        {
            var redis = await connection.Get();
            var answer = (RedisValue[]?)
                await redis
                    .GetDatabase()
                    .ScriptEvaluateAsync(
                        Script,
                        [Name(subject)],
                        [calls, millisecondsPerCall.ToString(CultureInfo.InvariantCulture), instance, running]
                    );
            user.Learn(
                TimeSpan.FromMilliseconds((double)answer![0] + millisecondsPerCall) - TimeSpan.FromMinutes(1),
                (int)answer[1],
                time
            );
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            connection.NoteAbsence();
            user.Learn(TimeSpan.Zero, 0, time);
        }

        if (user.TryRemove(time))
        {
            users.TryRemove(new(subject, user));
        }
    }

    // Subjects may be addresses of people.
    private static RedisKey Name(string subject) =>
        "neonpanel-mcp:user:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    private sealed class Place(User user) : IDisposable
    {
        private User? entered = user;

        public void Dispose() => Interlocked.Exchange(ref entered, null)?.Leave();
    }

    private sealed class User
    {
        private readonly Lock gate = new();
        private int calls;
        private int running;
        private int runningElsewhere;
        private DateTimeOffset admitted;
        private bool isRemoved;

        public bool TryEnter()
        {
            lock (gate)
            {
                if (!isRemoved)
                {
                    calls++;
                    running++;
                }

                return !isRemoved;
            }
        }

        public void Leave()
        {
            lock (gate)
            {
                running--;
            }
        }

        public (int Calls, int Running) Take()
        {
            lock (gate)
            {
                var taken = calls;
                calls = 0;
                return (taken, running);
            }
        }

        public void Learn(TimeSpan wait, int elsewhere, TimeProvider time)
        {
            lock (gate)
            {
                admitted = time.GetUtcNow() + wait;
                runningElsewhere = elsewhere;
            }
        }

        public UserLoad Load(TimeProvider time)
        {
            lock (gate)
            {
                var wait = admitted - time.GetUtcNow();
                return new(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, running + runningElsewhere);
            }
        }

        // A user who does nothing here needs no entry, unless calls at other instances may refuse the next one.
        public bool TryRemove(TimeProvider time)
        {
            lock (gate)
            {
                isRemoved = calls + running + runningElsewhere == 0 && admitted <= time.GetUtcNow();
                return isRemoved;
            }
        }
    }
}
