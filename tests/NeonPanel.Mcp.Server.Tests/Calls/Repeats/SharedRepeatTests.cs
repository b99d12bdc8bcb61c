using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Tests.Calls.Repeats;

/// <summary>Two instances and a real Redis: both know the writes of the other.</summary>
[Category("Slow")]
internal sealed class SharedRepeatTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BillsApi api = new();
    private RedisServer redis = null!;
    private ProtectedServer first = null!;
    private ProtectedServer second = null!;

    [SetUp]
    public async Task StartAsync()
    {
        redis = await RedisServer.StartAsync();
        (string, string)[] settings =
        [
            ("Redis:ConnectionString", redis.ConnectionString),
            ("Limits:CallsPerMinutePerUser", "100000"),
        ];
        first = await ProtectedServer.StartAsync(settings);
        second = await first.StartBesideAsync(settings);
        first.Issuer.Api = api.AnswerAsync;
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var started in new IAsyncDisposable?[] { second, first, redis })
        {
            await (started?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [Test]
    public async Task Repeat_AtTheOtherInstance_ReturnsTheFirstReceipt()
    {
        var before = api.Writes;
        var receipt = await new RepeatClient(first).CallAsync(RepeatClient.Bill("A-1"));
        var repeated = await new RepeatClient(second).CallAsync(RepeatClient.Bill("A-1"));
        Assert.That(repeated.Text, Does.Contain("Nothing was sent again: the same call succeeded"));
        Assert.That(repeated.Id, Is.EqualTo(receipt.Id));
        Assert.That(api.Writes - before, Is.EqualTo(1));
    }

    [Test]
    public async Task Repeat_AtTheOtherInstanceWhileTheFirstRuns_WaitsForIt()
    {
        var before = api.Writes;
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        api.Write = async (context, store) =>
        {
            arrived.TrySetResult();
            await release.Task;
            await BillsApi.AnswerAsync(context, store());
        };
        var receipt = new RepeatClient(first).CallAsync(RepeatClient.Bill("A-2"));
        await arrived.Task.WaitAsync(Patience);
        var repeated = new RepeatClient(second).CallAsync(RepeatClient.Bill("A-2"));
        await Task.WhenAny(repeated, Task.Delay(TimeSpan.FromMilliseconds(400)));
        Assert.That(repeated.IsCompleted, Is.False);
        release.SetResult();
        Assert.That((await repeated.WaitAsync(Patience)).Id, Is.EqualTo((await receipt.WaitAsync(Patience)).Id));
        Assert.That(api.Writes - before, Is.EqualTo(1));
    }

    [Test]
    public async Task Write_OfAnInstanceThatWasKilled_HasAnUnknownOutcome()
    {
        var before = api.Writes;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var client = new RepeatClient(second);
        await client.CallAsync(RepeatClient.Bill("A-3"));
        var name = connection.GetServers()[0].Keys(pattern: "neonpanel-mcp:write:*").Single();
        var text = (string)(await connection.GetDatabase().StringGetAsync(name))!;
        // As the first instance would have left it: begun two minutes ago, never ended.
        var begun = (TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2)).ToString("O");
        await connection
            .GetDatabase()
            .StringSetAsync(name, $$"""{"Number":"{{Guid.NewGuid()}}","State":0,"At":"{{begun}}","Receipt":null}""");
        Assert.That(text, Does.Contain("\"State\":1"));
        var repeated = await new RepeatClient(first).CallAsync(RepeatClient.Bill("A-3"));
        Assert.That(repeated.Text, Does.Contain("bills_list has a record with ref_number 'A-3'"));
        Assert.That(api.Writes - before, Is.EqualTo(1));
    }

    // Redis keeps nothing when it stops, so the second instance finds the bill in the list alone.
    [TestCase(false)]
    [TestCase(true)]
    public async Task Repeat_AfterRedisStopped_FindsTheRecordThatTheOtherInstanceWrote(bool isBack)
    {
        var before = api.Writes;
        await new RepeatClient(second).CallAsync(RepeatClient.Bill($"A-5{isBack}"));
        var receipt = await new RepeatClient(first).CallAsync(RepeatClient.Bill($"A-6{isBack}"));
        await redis.StopAsync();
        if (isBack)
        {
            await redis.RestartAsync();
        }

        var repeated = await new RepeatClient(second).CallAsync(RepeatClient.Bill($"A-6{isBack}"));
        Assert.That(
            repeated.Text,
            Does.Contain(
                $"Nothing was sent again: bills_list has a record with ref_number 'A-6{isBack}' already. repeat=true sends the call all the same."
            )
        );
        Assert.That(repeated.Id, Is.EqualTo(receipt.Id));
        Assert.That(api.Writes - before, Is.EqualTo(2));
        var forced = await new RepeatClient(second).CallAsync(RepeatClient.Bill($"A-6{isBack}", "\"repeat\":true,"));
        Assert.That(forced.Id, Is.Not.EqualTo(receipt.Id));
    }

    [Test]
    public async Task Repeat_AfterRedisLostItsKeys_FindsTheRecordThatTheOtherInstanceWrote()
    {
        var before = api.Writes;
        var receipt = await new RepeatClient(first).CallAsync(RepeatClient.Bill("A-7"));
        await using (
            var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true")
        )
        {
            await connection.GetDatabase().ExecuteAsync("FLUSHALL");
        }

        var repeated = await new RepeatClient(second).CallAsync(RepeatClient.Bill("A-7"));
        Assert.That(repeated.Id, Is.EqualTo(receipt.Id));
        Assert.That(api.Writes - before, Is.EqualTo(1));
    }

    [Test]
    public async Task Write_WithoutRedis_IsSentWithAWordAboutTheGuard()
    {
        var before = api.Writes;
        await redis.StopAsync();
        var client = new RepeatClient(first);
        var receipt = await client.CallAsync(RepeatClient.Bill("A-4"));
        var repeated = await client.CallAsync(RepeatClient.Bill("A-4"));
        Assert.That(receipt.IsError, Is.False);
        Assert.That(receipt.Text, Does.Contain("The other instances could not be asked"));
        Assert.That(repeated.Text, Does.Contain("Nothing was sent again"));
        Assert.That(api.Writes - before, Is.EqualTo(1));
    }
}
