using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>All requests that wait for the issuer's keys share one fetch, whatever becomes of the fetch and of the
/// other requests (rule B4).</summary>
internal sealed class SharedKeyFetchTests
{
    private static readonly RSA Key = RSA.Create(2048);

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private HeldIssuer issuer = null!;
    private SigningKeys keys = null!;

    [SetUp]
    public void Start()
    {
        issuer = new();
        keys = new(
            new AuthOptions(
                "https://issuer.example",
                "https://issuer.example/keys",
                [],
                AudienceValidation.Required,
                ["RS256"],
                [],
                [],
                TimeSpan.FromHours(1),
                TimeSpan.FromMinutes(2),
                true
            ),
            new HttpClient(issuer),
            time,
            NullLogger<SigningKeys>.Instance
        );
    }

    [TearDown]
    public void Stop() => keys.Dispose();

    [OneTimeTearDown]
    public void Free() => Key.Dispose();

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
                var refused = await Assert.ThrowsAsync<KeysUnavailableException>(() =>
                    keys.FindAsync("first", CancellationToken.None)
                );
                Assert.That(refused!.RetryAfter, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
                await keys.RecheckAsync(CancellationToken.None);
            }
        }
    }

    [Test]
    public async Task Keys_ThatCanBeFetchedAgain_AreThereAfterThePauseWhichBeginsSmallTheNextTime()
    {
        issuer.Hold();
        issuer.Answer("{}");
        foreach (var pause in (int[])[0, 1, 2])
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.False);
        }

        issuer.Hold();
        issuer.Answer(KeySet("first", Key));
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
        issuer.Hold();
        issuer.Answer(KeySet("first", Key));
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
        issuer.Hold();
        issuer.Answer(KeySet("first", Key));
        var first = await keys.FindAsync("first", CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(5));
        await keys.RecheckAsync(CancellationToken.None);
        Assert.That(
            (await keys.FindAsync("first", CancellationToken.None)).Generation,
            Is.EqualTo(first.Generation),
            "the same set"
        );
        issuer.Hold();
        issuer.Answer(KeySet("second", Key));
        time.Advance(TimeSpan.FromSeconds(5));
        await keys.RecheckAsync(CancellationToken.None);
        var second = await keys.FindAsync("second", CancellationToken.None);
        Assert.That(second.Generation, Is.Not.EqualTo(first.Generation));
        Assert.That(keys.Generation, Is.EqualTo(second.Generation));
    }

    [Test]
    public async Task Rotation_WhoseFirstClientGoesAway_LetsTheNextOneIn()
    {
        issuer.Hold();
        var first = keys.FindAsync("first", CancellationToken.None);
        issuer.Answer(KeySet("first", Key));
        Assert.That((await first).Keys, Has.Count.EqualTo(1));

        issuer.Hold();
        using var gone = new CancellationTokenSource();
        var leaver = keys.FindAsync("second", gone.Token);
        await gone.CancelAsync();
        Assert.That(async () => await leaver, Throws.InstanceOf<OperationCanceledException>());
        var next = keys.FindAsync("second", CancellationToken.None);
        issuer.Answer(KeySet("second", Key));
        Assert.That((await next).Keys.Select(found => found.KeyId), Is.EqualTo(["second"]));
        Assert.That(issuer.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task UnknownKeyIds_OfAGoodIssuer_CostOneFetchInFiveSeconds()
    {
        await WarmUpAsync();
        await AssertFetchesAfterFiveSecondsAsync(async () =>
            Assert.That((await keys.FindAsync("unknown", CancellationToken.None)).Keys, Is.Empty)
        );
    }

    [Test]
    public async Task Rechecks_OfRefusedTokens_CostOneFetchInFiveSeconds()
    {
        await WarmUpAsync();
        await AssertFetchesAfterFiveSecondsAsync(() => keys.RecheckAsync(CancellationToken.None));
    }

    // The cache time is an hour, of which four fifths are 48 minutes.
    [Test]
    public async Task Refresh_AheadOfExpiry_BeginsAfterFourFifthsOfTheCacheTime()
    {
        await WarmUpAsync();
        time.Advance(TimeSpan.FromMinutes(48) - TimeSpan.FromMilliseconds(1));
        await keys.FindAsync("first", CancellationToken.None);
        Assert.That(issuer.Requests, Is.EqualTo(1));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await keys.FindAsync("first", CancellationToken.None);
        Assert.That(issuer.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task Keys_OfAnIssuerThatFailsLater_AreKnownForTheCacheTimeAndNoLonger()
    {
        await WarmUpAsync();
        issuer.Hold();
        issuer.Answer("{}");
        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.That(keys.HasKeys, Is.True);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(keys.HasKeys, Is.False);
        Assert.That(
            () => keys.FindAsync("first", CancellationToken.None),
            Throws.InstanceOf<KeysUnavailableException>()
        );
    }

    // Three failures make a pause of four seconds.
    [TestCase(0, 4)]
    [TestCase(1.5, 2.5)]
    [TestCase(3.5, 1)]
    public async Task Refusal_WithoutKeys_NamesTheRestOfThePauseAndAtLeastASecond(double passed, double expected)
    {
        issuer.Hold();
        issuer.Answer("{}");
        foreach (var pause in (int[])[0, 1, 2])
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.False);
        }

        time.Advance(TimeSpan.FromSeconds(passed));
        var refused = await Assert.ThrowsAsync<KeysUnavailableException>(() =>
            keys.FindAsync("first", CancellationToken.None)
        );
        Assert.That(refused!.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(expected)));
    }

    [TestCase(1, 1)]
    [TestCase(2, 0)]
    public async Task Token_WithoutAKeyId_MeansTheOnlyKeyOfTheSet(int published, int expected)
    {
        var set = new JsonArray([
            .. Enumerable.Range(0, published).Select(index => (JsonNode)TestIssuer.Jwk($"{index}", Key)),
        ]);
        issuer.Hold();
        issuer.Answer(new JsonObject { ["keys"] = set }.ToJsonString());
        Assert.That((await keys.FindAsync(null, CancellationToken.None)).Keys, Has.Count.EqualTo(expected));
    }

    // RFC 7517 §4.2: a key for encryption verifies nothing. A private key that is published is everybody's.
    [TestCase(2048, null, false, true)]
    [TestCase(2048, "", false, true)]
    [TestCase(2048, "sig", false, true)]
    [TestCase(2048, "enc", false, false)]
    [TestCase(2048, "sig", true, false)]
    [TestCase(2048, null, true, false)]
    [TestCase(1024, null, false, false)]
    public void Parse_RsaKey_IsTakenWhenItIsPublicLongAndForSignatures(
        int bits,
        string? use,
        bool isPrivate,
        bool isTaken
    )
    {
        using var key = RSA.Create(bits);
        var entry = TestIssuer.Jwk("first", key);
        entry["use"] = use;
        if (isPrivate)
        {
            entry["d"] = Base64UrlEncoder.Encode(key.ExportParameters(includePrivateParameters: true).D);
        }

        var set = new JsonObject { ["keys"] = new JsonArray(entry) }.ToJsonString();
        Assert.That(SigningKeys.Parse(Encoding.UTF8.GetBytes(set)), Has.Count.EqualTo(isTaken ? 1 : 0));
    }

    private async Task WarmUpAsync()
    {
        issuer.Hold();
        issuer.Answer(KeySet("first", Key));
        Assert.That(await keys.TryWarmUpAsync(CancellationToken.None), Is.True);
    }

    private async Task AssertFetchesAfterFiveSecondsAsync(Func<Task> ask)
    {
        await ask();
        Assert.That(issuer.Requests, Is.EqualTo(2));
        time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        await ask();
        Assert.That(issuer.Requests, Is.EqualTo(2));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await ask();
        Assert.That(issuer.Requests, Is.EqualTo(3));
    }

    private static string KeySet(string id, RSA key) =>
        new JsonObject { ["keys"] = new JsonArray(TestIssuer.Jwk(id, key)) }.ToJsonString();

    /// <summary>Answers when it is told to.</summary>
    private sealed class HeldIssuer : HttpMessageHandler
    {
        private TaskCompletionSource<string> answer = new();

        public int Requests { get; private set; }

        public void Hold() => answer = new();

        public void Answer(string keySet) => answer.SetResult(keySet);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Requests++;
            return new() { Content = new StringContent(await answer.Task.WaitAsync(cancellationToken)) };
        }
    }
}
