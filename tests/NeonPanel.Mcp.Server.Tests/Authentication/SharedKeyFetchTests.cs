using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Authentication;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>Who waits for the issuer's keys shares one fetch, whatever becomes of it and of the others (rule B4).</summary>
internal sealed class SharedKeyFetchTests
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private HeldIssuer issuer = null!;
    private SigningKeys keys = null!;

    [SetUp]
    public void Start()
    {
        issuer = new();
        keys = new(
            new AuthOptions("https://issuer.example", "https://issuer.example/keys", [], AudienceValidation.Required, ["RS256"], [], [], TimeSpan.FromHours(1), TimeSpan.FromMinutes(2), true),
            new HttpClient(issuer),
            time,
            NullLogger<SigningKeys>.Instance);
    }

    [TearDown]
    public void Stop() => keys.Dispose();

    // One after the other, the last would wait as many times as long as the first.
    [Test]
    public async Task NoKeys_ForManyAtOnce_AreAskedForOnce()
    {
        issuer.Hold();
        var callers = Enumerable.Range(0, 10).Select(_ => keys.TryWarmUpAsync(CancellationToken.None)).ToList();
        issuer.Answer("{}");
        Assert.That(await Task.WhenAll(callers), Is.All.False);
        Assert.That(issuer.Requests, Is.EqualTo(1));
    }

    // The pause doubles up to five seconds, and whoever asks for keys meanwhile costs the issuer nothing.
    [Test]
    public async Task Keys_ThatCannotBeFetched_AreAskedForAfterPausesOf1_2_4And5Seconds()
    {
        issuer.Hold();
        issuer.Answer("{}");
        await AskAsync();
        var fetches = 1;
        foreach (var pause in (int[])[1, 2, 4, 5, 5])
        {
            time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            await AskAsync();
            Assert.That(issuer.Requests, Is.EqualTo(fetches), $"before {pause} s");
            time.Advance(TimeSpan.FromMilliseconds(1));
            await AskAsync();
            Assert.That(issuer.Requests, Is.EqualTo(++fetches), $"after {pause} s");
        }

        async Task AskAsync()
        {
            for (var request = 0; request < 10; request++)
            {
                Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.False);
                var refused = await Assert.ThrowsAsync<KeysUnavailableException>(() => keys.FindAsync("first", CancellationToken.None));
                Assert.That(refused!.RetryAfter, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
                await keys.RecheckAsync(CancellationToken.None);
            }
        }
    }

    [Test]
    public async Task Keys_ThatCanBeFetchedAgain_AreThereAfterThePauseWhichBeginsSmallTheNextTime()
    {
        using var key = RSA.Create(2048);
        issuer.Hold();
        issuer.Answer("{}");
        foreach (var pause in (int[])[0, 1, 2])
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.False);
        }

        issuer.Hold();
        issuer.Answer(KeySet("first", key));
        Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.False);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.That((await keys.FindAsync("first", CancellationToken.None)).Keys, Has.Count.EqualTo(1));
        Assert.That(issuer.Requests, Is.EqualTo(4));

        issuer.Hold();
        issuer.Answer("{}");
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.False);
        Assert.That(issuer.Requests, Is.EqualTo(6));
    }

    // The last good set serves on, and unknown key ids do not reach an issuer that fails.
    [Test]
    public async Task UnknownKeyIds_WhileTheIssuerFails_KeepToThePause()
    {
        using var key = RSA.Create(2048);
        issuer.Hold();
        issuer.Answer(KeySet("first", key));
        await keys.FindAsync("first", CancellationToken.None);
        issuer.Hold();
        issuer.Answer("{}");
        for (var second = 0; second < 10; second++)
        {
            Assert.That((await keys.FindAsync("unknown", CancellationToken.None)).Keys, Is.Empty);
            Assert.That((await keys.FindAsync("first", CancellationToken.None)).Keys, Has.Count.EqualTo(1));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(issuer.Requests, Is.EqualTo(3), "one for each five seconds");
    }

    [Test]
    public async Task Generation_ChangesWithTheKeysAndComesWithThem()
    {
        using var key = RSA.Create(2048);
        issuer.Hold();
        issuer.Answer(KeySet("first", key));
        var first = await keys.FindAsync("first", CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(5));
        await keys.RecheckAsync(CancellationToken.None);
        Assert.That((await keys.FindAsync("first", CancellationToken.None)).Generation, Is.EqualTo(first.Generation), "the same set");
        issuer.Hold();
        issuer.Answer(KeySet("second", key));
        time.Advance(TimeSpan.FromSeconds(5));
        await keys.RecheckAsync(CancellationToken.None);
        var second = await keys.FindAsync("second", CancellationToken.None);
        Assert.That(second.Generation, Is.Not.EqualTo(first.Generation));
        Assert.That(keys.Generation, Is.EqualTo(second.Generation));
    }

    [Test]
    public async Task Rotation_WhoseFirstClientGoesAway_LetsTheNextOneIn()
    {
        using var key = RSA.Create(2048);
        issuer.Hold();
        var first = keys.FindAsync("first", CancellationToken.None);
        issuer.Answer(KeySet("first", key));
        Assert.That((await first).Keys, Has.Count.EqualTo(1));

        issuer.Hold();
        using var gone = new CancellationTokenSource();
        var leaver = keys.FindAsync("second", gone.Token);
        await gone.CancelAsync();
        Assert.That(async () => await leaver, Throws.InstanceOf<OperationCanceledException>());
        var next = keys.FindAsync("second", CancellationToken.None);
        issuer.Answer(KeySet("second", key));
        Assert.That((await next).Keys.Select(found => found.KeyId), Is.EqualTo(["second"]));
        Assert.That(issuer.Requests, Is.EqualTo(2));
    }

    private static string KeySet(string id, RSA key) => new JsonObject { ["keys"] = new JsonArray(TestIssuer.Jwk(id, key)) }.ToJsonString();

    /// <summary>Answers when it is told to.</summary>
    private sealed class HeldIssuer : HttpMessageHandler
    {
        private TaskCompletionSource<string> answer = new();

        public int Requests { get; private set; }

        public void Hold() => answer = new();

        public void Answer(string keySet) => answer.SetResult(keySet);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return new() { Content = new StringContent(await answer.Task.WaitAsync(cancellationToken)) };
        }
    }
}
