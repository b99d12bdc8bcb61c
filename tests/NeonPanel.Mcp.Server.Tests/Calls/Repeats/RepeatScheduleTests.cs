using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Repeats;

/// <summary>Random schedules of faults between the server and the API: a client that repeats each call until it
/// succeeds creates as many records as it meant to.</summary>
[Category("Slow")]
internal sealed partial class RepeatScheduleTests
{
    private const int MostFaults = 4;
    private const string Refused = """{"message":"Try later."}""";

    private enum ApiFault
    {
        None,
        AnswerLost,
        StoredAfterTheTimeLimit,
        LostBeforeStoring,
        ErrorAfterStoring,
        RejectedBusy,
    }

    // Where Redis stops and comes back empty between two attempts, an attempt goes to one instance alone: without
    // Redis, nothing can keep two instances from sending the same call at the same moment.
    [TestCase(1, 500)]
    [TestCase(2, 100)]
    [TestCase(2, 60, true)]
    public async Task Client_ThatRepeatsUntilItSucceeds_WritesEachBillOnce(
        int instances,
        int schedules,
        bool redisStops = false
    )
    {
        await using var redis = instances > 1 ? await RedisServer.StartAsync() : null;
        List<(string Name, string Value)> settings = [("Limits:CallsPerMinutePerUser", "1000000")];
        if (redis is not null)
        {
            settings.Add(("Redis:ConnectionString", redis.ConnectionString));
        }

        var random = new Random(20261130);
        var clock = new SkippingClock();
        await using var first = await ProtectedServer.StartAsync(settings, _ => [], clock);
        var second = instances > 1 ? await first.StartBesideAsync(settings, clock) : first;
        try
        {
            var schedule = new Schedule(random, clock, redisStops ? redis : null);
            first.Issuer.Api = schedule.Api.AnswerAsync;
            RepeatClient[] clients = [new(first), new(second)];
            for (var number = 0; number < schedules; number++)
            {
                schedule.Begin();
                await schedule.RunAsync(clients, $"S-{number:0000}");
            }

            Assert.That(schedule.Api.Bills, Has.Count.EqualTo(schedule.Intents));
            Assert.That(
                schedule.Api.Bills.Select(bill => bill["ref_number"]!.ToString()).Distinct().Count(),
                Is.EqualTo(schedule.Intents)
            );
            Assert.That(schedule.Faults, Is.GreaterThan(schedules), "the schedules have faults");
            Assert.That(schedule.Stops, redisStops ? Is.GreaterThan(schedules / 6) : Is.Zero);
        }
        finally
        {
            if (second != first)
            {
                await second.DisposeAsync();
            }
        }
    }

    private sealed class Schedule
    {
        private readonly Random random;
        private readonly SkippingClock clock;
        private readonly RedisServer? redis;
        private readonly List<Func<JsonObject>> late = [];
        private int left;
        private bool isStopped;

        public Schedule(Random random, SkippingClock clock, RedisServer? redis)
        {
            this.random = random;
            this.clock = clock;
            this.redis = redis;
            Api = new() { Write = WriteAsync };
        }

        public BillsApi Api { get; }

        public int Intents { get; private set; }

        public int Faults { get; private set; }

        public int Stops { get; private set; }

        public void Begin() => left = random.Next(MostFaults + 1);

        // Two bills at a time that differ in one digit, each repeated until the answer says that it is stored.
        public async Task RunAsync(RepeatClient[] clients, string number)
        {
            foreach (var bill in new[] { number + "1", number + "2" })
            {
                Intents++;
                while (await TryAsync(clients, bill) is { } wait)
                {
                    StoreLate();
                    clock.Advance(wait);
                }
            }

            StoreLate();
        }

        // Returns how long to wait before the next attempt, or null after success.
        private async Task<TimeSpan?> TryAsync(RepeatClient[] clients, string bill)
        {
            await StopOrStartRedisAsync();
            // Both instances at once, or one of them.
            var calls = redis is null && random.Next(3) == 0 ? clients : [clients[random.Next(clients.Length)]];
            var results = await Task.WhenAll(calls.Select(client => client.CallAsync(RepeatClient.Bill(bill))));
            if (results.Any(result => !result.IsError))
            {
                return null;
            }

            var wait = results.Select(result => Wait().Match(result.Text)).FirstOrDefault(match => match.Success);
            return wait is null
                ? TimeSpan.FromSeconds(random.Next(1, 20))
                : TimeSpan.FromSeconds(int.Parse(wait.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        private async Task StopOrStartRedisAsync()
        {
            if (redis is null || random.Next(4) > 0)
            {
                return;
            }

            if (isStopped)
            {
                await redis.RestartAsync();
            }
            else
            {
                Stops++;
                await redis.StopAsync();
            }

            isStopped = !isStopped;
        }

        private async Task WriteAsync(HttpContext context, Func<JsonObject> store)
        {
            switch (NextFault())
            {
                case ApiFault.AnswerLost:
                    store();
                    context.Abort();
                    break;
                case ApiFault.StoredAfterTheTimeLimit:
                    lock (late)
                    {
                        late.Add(store);
                    }

                    clock.Advance(TimeSpan.FromSeconds(20));
                    context.Abort();
                    break;
                case ApiFault.LostBeforeStoring:
                    context.Abort();
                    break;
                case ApiFault.ErrorAfterStoring:
                    store();
                    context.Response.StatusCode = StatusCodes.Status502BadGateway;
                    break;
                case ApiFault.RejectedBusy:
                    context.Response.StatusCode = StatusCodes.Status409Conflict;
                    await context.Response.WriteAsync(Refused);
                    break;
                default:
                    await BillsApi.AnswerAsync(context, store());
                    break;
            }
        }

        private ApiFault NextFault()
        {
            lock (late)
            {
                if (left == 0)
                {
                    return ApiFault.None;
                }

                left--;
                Faults++;
                return (ApiFault)random.Next(1, 6);
            }
        }

        private void StoreLate()
        {
            lock (late)
            {
                late.ForEach(store => store());
                late.Clear();
            }
        }
    }

    // Time passes only when the test says so; a pause between two requests of the server passes at once.
    private sealed class SkippingClock : FakeTimeProvider
    {
        public SkippingClock()
            : base(System.GetUtcNow()) { }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            dueTime < TimeSpan.FromSeconds(1) && dueTime > TimeSpan.Zero
                ? System.CreateTimer(callback, state, dueTime, period)
                : base.CreateTimer(callback, state, dueTime, period);
    }

    [GeneratedRegex("Call again in (\\d+) s")]
    private static partial Regex Wait();
}
