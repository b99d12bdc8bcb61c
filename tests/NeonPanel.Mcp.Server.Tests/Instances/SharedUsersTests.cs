using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Tests.Instances;

/// <summary>The limits per user of two instances that share a real Redis.</summary>
[Category("Slow")]
internal sealed class SharedUsersTests
{
    private const int CallsPerMinute = 10;
    private const int Concurrent = 3;
    private static readonly LimitOptions Limits = new(CallsPerMinute, Concurrent, 1, 1, []);

    private RedisServer redis = null!;
    private Instance first = null!;
    private Instance second = null!;

    [SetUp]
    public async Task StartAsync()
    {
        redis = await RedisServer.StartAsync();
        first = new(redis);
        second = new(redis);
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var started in new IAsyncDisposable?[] { second, first, redis })
        {
            await (started?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    // A bucket of ten refills one call in six seconds. Eleven calls are one too many, so the next one has to wait for
    // the refill of two.
    [Test]
    public async Task User_WhoHasUsedAllCallsElsewhere_IsRefusedWithTheTimeToWait()
    {
        first.Call(CallsPerMinute);
        await first.Users.ExchangeAsync();
        second.Call(1);
        await second.Users.ExchangeAsync();
        using var lease = second.Limits.EnterUser("user");
        Assert.That(lease.IsAcquired, Is.False);
        Assert.That(RateLimits.IsOverPlaces(lease), Is.False);
        Assert.That(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait), Is.True);
        Assert.That(wait.TotalSeconds, Is.InRange(6, 12));
        Assert.That(second.Limits.EnterUser("another").IsAcquired, Is.True);
    }

    [Test]
    public async Task User_WhoWasRefused_IsAdmittedWhenTheTimeIsOver()
    {
        first.Call(CallsPerMinute);
        await first.Users.ExchangeAsync();
        second.Call(1);
        await second.Users.ExchangeAsync();
        await second.Users.ExchangeAsync();
        Assert.That(second.Users.LoadOf("user").Wait, Is.GreaterThan(TimeSpan.Zero), "the user is not forgotten");
        second.Clock.Advance(TimeSpan.FromSeconds(12));
        using var lease = second.Limits.EnterUser("user");
        Assert.That(lease.IsAcquired, Is.True);
    }

    [Test]
    public async Task Calls_ThatRunElsewhere_TakePlaces()
    {
        using var one = first.Limits.EnterUser("user");
        var two = first.Limits.EnterUser("user");
        using var three = second.Limits.EnterUser("user");
        await first.Users.ExchangeAsync();
        await second.Users.ExchangeAsync();
        using var refused = second.Limits.EnterUser("user");
        Assert.That(refused.IsAcquired, Is.False);
        Assert.That(RateLimits.IsOverPlaces(refused), Is.True);
        two.Dispose();
        two.Dispose();
        await first.Users.ExchangeAsync();
        await second.Users.ExchangeAsync();
        using var admitted = second.Limits.EnterUser("user");
        Assert.That(admitted.IsAcquired, Is.True);
        Assert.That(second.Users.LoadOf("user").Running, Is.EqualTo(3));
    }

    [Test]
    public async Task Limits_WithoutRedis_HoldForEachInstance()
    {
        first.Call(CallsPerMinute);
        await first.Users.ExchangeAsync();
        second.Call(1);
        await second.Users.ExchangeAsync();
        await redis.StopAsync();
        await second.Users.ExchangeAsync();
        // The bucket of this instance adds a call every six seconds.
        Assert.That(second.Call(CallsPerMinute), Is.InRange(CallsPerMinute - 1, CallsPerMinute));
        Assert.That(second.Connection.WasAwaySince(second.Clock.GetUtcNow()), Is.True);
    }

    [Test]
    public async Task Redis_KnowsNoNameOfAUser()
    {
        first.Call(1, "ann@example.com");
        await first.Users.ExchangeAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var keys = connection.GetServers()[0].Keys().Select(key => key.ToString()).ToList();
        // SHA-256 of the name, by sha256sum.
        Assert.That(
            keys,
            Is.EqualTo(new[] { "neonpanel-mcp:user:71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476" })
        );
        Assert.That(
            await connection.GetDatabase().KeyTimeToLiveAsync(keys[0]),
            Is.InRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(67)),
            "Redis forgets a user soon after the bucket is full again"
        );
    }

    private sealed class Instance : IAsyncDisposable
    {
        public Instance(RedisServer redis)
        {
            Connection = new(
                new(ConfigurationOptions.Parse(redis.ConnectionString + ",abortConnect=false")),
                Clock,
                NullLogger<RedisConnection>.Instance
            );
            Users = new(Connection, SharedUsersTests.Limits, Clock);
            Limits = new(SharedUsersTests.Limits, Users);
        }

        public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

        public RedisConnection Connection { get; }

        public SharedUsers Users { get; }

        public RateLimits Limits { get; }

        /// <summary>Makes calls one after the other, and returns how many were admitted.</summary>
        public int Call(int count, string user = "user")
        {
            var admitted = 0;
            for (var call = 0; call < count; call++)
            {
                using var lease = Limits.EnterUser(user);
                admitted += lease.IsAcquired ? 1 : 0;
            }

            return admitted;
        }

        public async ValueTask DisposeAsync()
        {
            Limits.Dispose();
            Users.Dispose();
            await Connection.DisposeAsync();
        }
    }
}
