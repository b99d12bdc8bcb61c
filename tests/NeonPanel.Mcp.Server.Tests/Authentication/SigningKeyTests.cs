using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>The issuer's keys come, change and go (rule B4).</summary>
[Category("Slow")]
internal sealed class SigningKeyTests
{
    private const string CallTool =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies"}}""";

    private ProtectedServer server = null!;

    [SetUp]
    public async Task StartAsync() =>
        server = await ProtectedServer.StartAsync(("Auth:JwksCacheTime", "10m"), ("Auth:TokenCacheTime", "1m"));

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task Rotation_FirstTokenOfTheNewKey_IsLetInAtOnce()
    {
        var old = server.Issuer.Token();
        Assert.That(await server.StatusAsync(old), Is.EqualTo(HttpStatusCode.OK));
        server.Issuer.Rotate("second", keepOld: true);
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await server.StatusAsync(old), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(server.Issuer.Fetches, Is.EqualTo(2));
    }

    [Test]
    public async Task Rotation_ManyFirstTokensAtOnce_ShareOneFetch()
    {
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        server.Issuer.Rotate("second", keepOld: true);
        var tokens = Enumerable
            .Range(0, 20)
            .Select(index => server.Issuer.Token(body => body["jti"] = $"{index}"))
            .ToList();
        Assert.That(await Task.WhenAll(tokens.Select(server.StatusAsync)), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(server.Issuer.Fetches, Is.EqualTo(2));
    }

    [Test]
    public async Task Withdrawn_Key_DiesWithinTheCacheTime()
    {
        var token = server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 7200);
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
        server.Issuer.Rotate("second");
        server.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Withdrawn_KeyWhoseTokenTheApiRefuses_IsFoundOutAndTheNextRequestIsChallenged()
    {
        var token = server.Issuer.Token();
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
        server.Issuer.Rotate("second");
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK), "the server does not know yet");
        server.Issuer.Api = Status(401);
        using var refused = await server.ListAsync(token, CallTool);
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("mcp/www_authenticate"));
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Api_ThatRefusesManyTokensOfAGoodKey_CostsOneFetchAndNoTokenItsPlace()
    {
        var token = server.Issuer.Token();
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
        server.Issuer.Api = Status(401);
        var generation = server.Services.GetRequiredService<SigningKeys>().Generation;
        for (var index = 0; index < 10; index++)
        {
            using var refused = await server.ListAsync(token, CallTool);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("answered 401"));
        }

        Assert.That(server.Issuer.Fetches, Is.EqualTo(2));
        Assert.That(
            server.Services.GetRequiredService<SigningKeys>().Generation,
            Is.EqualTo(generation),
            "validated tokens are kept"
        );
        // The first token after a rotation still finds its key.
        server.Issuer.Rotate("second");
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Flood_OfUnknownKeyIds_CostsOneFetchInACoolDown()
    {
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        for (var index = 0; index < 30; index++)
        {
            Assert.That(
                await server.StatusAsync(server.Issuer.Token(header: head => head["kid"] = $"unknown-{index}")),
                Is.EqualTo(HttpStatusCode.Unauthorized)
            );
        }

        Assert.That(server.Issuer.Fetches, Is.EqualTo(2));
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(header: head => head["kid"] = "unknown")),
            Is.EqualTo(HttpStatusCode.Unauthorized)
        );
        Assert.That(server.Issuer.Fetches, Is.EqualTo(3));
    }

    // The pause is counted from the last fetch for an unknown id only: an ordinary fetch must not use it up.
    [Test]
    public async Task Rotation_RightAfterTheFirstFetch_IsLetInAtOnce()
    {
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        server.Issuer.Rotate("second");
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Outage_WithinTheCacheTime_IsNotNoticed()
    {
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        server.Issuer.Keys = Status(500);
        server.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 7200)),
            Is.EqualTo(HttpStatusCode.OK)
        );
    }

    [Test]
    public async Task Refresh_AheadOfExpiry_DoesNotMakeACallerWait()
    {
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        server.Issuer.Keys = async context =>
        {
            asked.TrySetResult();
            await answer.Task;
            await context.Response.WriteAsync(server.Issuer.KeySet().ToJsonString());
        };
        server.Clock.Advance(TimeSpan.FromMinutes(9));
        // The keys are asked for while this one is served from the last good set.
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 7200)),
            Is.EqualTo(HttpStatusCode.OK)
        );
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        answer.SetResult();
    }

    [TestCase("down")]
    [TestCase("html")]
    [TestCase("redirect")]
    [TestCase("ten megabytes")]
    [TestCase("no keys")]
    [TestCase("keys of no use")]
    [TestCase("no object")]
    public async Task NoKeys_AtAll_Are503WithAPauseAndNot401(string what)
    {
        using var small = RSA.Create(1024);
        server.Issuer.Keys = what switch
        {
            "down" => Status(503),
            "html" => context => context.Response.WriteAsync("<html>"),
            "redirect" => context =>
            {
                context.Response.Redirect("/elsewhere.json");
                return Task.CompletedTask;
            },
            "ten megabytes" => context =>
                context.Response.WriteAsync("{\"keys\":[],\"x\":\"" + new string('a', 10_000_000) + "\"}"),
            "no keys" => context => context.Response.WriteAsync("{\"keys\":[]}"),
            "no object" => context => context.Response.WriteAsync("[1]"),
            _ => context =>
                context.Response.WriteAsync(
                    new JsonObject
                    {
                        ["keys"] = new JsonArray(
                            TestIssuer.Jwk("first", small),
                            new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }
                        ),
                    }.ToJsonString()
                ),
        };
        using var response = await server.ListAsync(server.Issuer.Token());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(server.Issuer.ElsewhereFetches, Is.Zero);
    }

    [Test]
    public async Task SlowKeys_AreGivenUpAfterThreeSeconds()
    {
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var own = await ProtectedServer.StartAsync([], _ => [], clock);
        own.Issuer.Keys = _ =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        var status = own.StatusAsync(own.Issuer.Token());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.That(own.Log.Lines, Has.None.Contains("could not be fetched"));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(await status.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(own.Log.Lines, Has.Some.Contains("no complete answer within 3 s"));
        never.SetResult();
    }

    [Test]
    public async Task BrokenEntries_AreSkippedAlone()
    {
        server.Issuer.Keys = context =>
        {
            var set = server.Issuer.KeySet();
            set["keys"]!.AsArray().Insert(0, null);
            set["keys"]!.AsArray().Insert(0, 7);
            set["keys"]!
                .AsArray()
                .Insert(
                    0,
                    new JsonObject
                    {
                        ["kty"] = "RSA",
                        ["kid"] = "broken",
                        ["n"] = "!!",
                        ["e"] = 5,
                    }
                );
            set["keys"]!
                .AsArray()
                .Insert(
                    0,
                    new JsonObject
                    {
                        ["kty"] = "OKP",
                        ["kid"] = "first",
                        ["crv"] = "Ed25519",
                    }
                );
            return context.Response.WriteAsync(set.ToJsonString());
        };
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
    }

    // RFC 7517 §4.5 allows one id for keys of different types, and issuers make mistakes.
    [TestCase("EC")]
    [TestCase("RSA")]
    public async Task KeyId_GivenTwice_FindsTheKeyThatSigned(string kind)
    {
        using var other = RSA.Create(2048);
        var curve = new JsonObject
        {
            ["kty"] = "EC",
            ["kid"] = "first",
            ["crv"] = "P-256",
            ["x"] = new string('A', 43),
            ["y"] = new string('A', 43),
        };
        server.Issuer.Keys = context =>
        {
            var set = server.Issuer.KeySet();
            set["keys"]!.AsArray().Insert(0, kind == "EC" ? curve : TestIssuer.Jwk("first", other));
            return context.Response.WriteAsync(set.ToJsonString());
        };
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));
        using var stranger = RSA.Create(2048);
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(key: stranger)),
            Is.EqualTo(HttpStatusCode.Unauthorized)
        );
    }

    private static Func<HttpContext, Task> Status(int status) =>
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
}
