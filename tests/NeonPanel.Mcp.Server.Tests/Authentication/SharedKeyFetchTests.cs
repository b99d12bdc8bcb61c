using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using NeonPanel.Mcp.Server.Authentication;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>Who waits for the issuer's keys shares one fetch, whatever becomes of it and of the others (rule B4).</summary>
internal sealed class SharedKeyFetchTests
{
    private HeldIssuer issuer = null!;
    private SigningKeys keys = null!;

    [SetUp]
    public void Start()
    {
        issuer = new();
        keys = new(
            new AuthOptions("https://issuer.example", "https://issuer.example/keys", [], true, ["RS256"], [], [], TimeSpan.FromHours(1), TimeSpan.FromMinutes(2), true),
            new HttpClient(issuer),
            TimeProvider.System,
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

    [Test]
    public async Task Rotation_WhoseFirstClientGoesAway_LetsTheNextOneIn()
    {
        using var key = RSA.Create(2048);
        issuer.Hold();
        var first = keys.FindAsync("first", CancellationToken.None);
        issuer.Answer(KeySet("first"));
        Assert.That(await first, Has.Count.EqualTo(1));

        issuer.Hold();
        using var gone = new CancellationTokenSource();
        var leaver = keys.FindAsync("second", gone.Token);
        await gone.CancelAsync();
        Assert.That(async () => await leaver, Throws.InstanceOf<OperationCanceledException>());
        var next = keys.FindAsync("second", CancellationToken.None);
        issuer.Answer(KeySet("second"));
        Assert.That((await next).Select(found => found.KeyId), Is.EqualTo(["second"]));
        Assert.That(issuer.Requests, Is.EqualTo(2));

        string KeySet(string id) => new JsonObject { ["keys"] = new JsonArray(TestIssuer.Jwk(id, key)) }.ToJsonString();
    }

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
