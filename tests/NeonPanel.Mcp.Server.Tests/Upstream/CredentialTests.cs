using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>Which credential goes to the API (rule B6).</summary>
internal sealed class CredentialTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}""";

    private readonly ConcurrentQueue<string> seen = [];
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private ProtectedServer server = null!;

    [TearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        seen.Clear();
    }

    [Test]
    public async Task Forward_SendsTheCallersOwnToken()
    {
        await StartAsync("Forward");
        var token = server.Issuer.Token();
        await CallAsync(token);
        Assert.That(seen, Is.EqualTo(new[] { "Bearer " + token }));
        Assert.That(server.Issuer.TokenRequests, Is.Empty);
    }

    [Test]
    public async Task ClientCredentials_AskOnceForAllUntilShortlyBeforeExpiry()
    {
        await StartAsync("ClientCredentials", ("Upstream:Scope", "api"), ("Upstream:Audience", "https://api.example"));
        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(index => CallAsync(server.Issuer.Token(body => body["sub"] = $"user-{index}")))
        );
        Assert.That(seen, Has.Count.EqualTo(10).And.All.EqualTo("Bearer issued"));
        var (authorization, form) = server.Issuer.TokenRequests.Single();
        // RFC 6749 §2.3.1: the colon and the sign of the secret are encoded before they are joined.
        Assert.That(
            Encoding.ASCII.GetString(Convert.FromBase64String(authorization["Basic ".Length..])),
            Is.EqualTo("client%3A1:s%26cret")
        );
        Assert.That(
            form,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["scope"] = "api",
                    ["audience"] = "https://api.example",
                }
            )
        );

        clock.Advance(TimeSpan.FromSeconds(280));
        await CallAsync(server.Issuer.Token());
        Assert.That(server.Issuer.TokenRequests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task TokenExchange_AsksOnceForEachCallersToken()
    {
        await StartAsync("TokenExchange");
        server.Issuer.TokenAnswer = context =>
            context.Response.WriteAsJsonAsync(
                new
                {
                    access_token = "for-"
                        + JsonDocument
                            .Parse(Base64Url(context.Request.Form["subject_token"].ToString().Split('.')[1]))
                            .RootElement.GetProperty("sub")
                            .GetString(),
                    token_type = "bearer",
                    issued_token_type = "urn:ietf:params:oauth:token-type:access_token",
                }
            );
        var (alice, bob) = (
            server.Issuer.Token(body => body["sub"] = "alice"),
            server.Issuer.Token(body => body["sub"] = "bob")
        );
        await CallAsync(alice);
        await CallAsync(bob);
        await CallAsync(alice);
        Assert.That(seen, Is.EqualTo(new[] { "Bearer for-alice", "Bearer for-bob", "Bearer for-alice" }));
        Assert.That(
            server.Issuer.TokenRequests.Select(request => request.Form["grant_type"]),
            Is.EqualTo(Enumerable.Repeat("urn:ietf:params:oauth:grant-type:token-exchange", 2))
        );
        Assert.That(server.Issuer.TokenRequests[0].Form["subject_token"], Is.EqualTo(alice));
    }

    [Test]
    public async Task TokenExchange_RefusedToken_AsksTheUserToSignInAgain()
    {
        await StartAsync("TokenExchange");
        server.Issuer.TokenAnswer = Answer(400, """{"error":"invalid_grant"}""");
        // Rule B5: clients ask the user to sign in on HTTP 401 alone.
        var answer = await CallAsync(server.Issuer.Token(), HttpStatusCode.Unauthorized);
        Assert.That(answer, Does.Contain("invalid_token").And.Contain("mcp/www_authenticate"));
        Assert.That(seen, Is.Empty);
    }

    [TestCase(401, """{"error":"invalid_client"}""")]
    [TestCase(500, "<html>")]
    [TestCase(200, """{"token_type":"Bearer"}""")]
    [TestCase(200, """{"access_token":"x","token_type":"mac"}""")]
    [TestCase(302, "{}")]
    public async Task ClientCredentials_ThatAreNotGiven_SendNothingAndAreAskedForOnceASecond(int status, string body)
    {
        await StartAsync("ClientCredentials");
        server.Issuer.TokenAnswer = Answer(status, body);
        for (var call = 0; call < 5; call++)
        {
            Assert.That(
                await CallAsync(server.Issuer.Token()),
                Does.Contain("no credential for NeonPanel just now").And.Not.Contain("mcp/www_authenticate")
            );
        }

        Assert.That(seen, Is.Empty);
        Assert.That(server.Issuer.TokenRequests, Has.Count.EqualTo(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        server.Issuer.TokenAnswer = Answer(200, """{"access_token":"late","token_type":"Bearer"}""");
        await CallAsync(server.Issuer.Token());
        Assert.That(seen, Is.EqualTo(new[] { "Bearer late" }));
        Assert.That(
            server.Log.Lines.Where(line =>
                line.Contains("s&cret", StringComparison.Ordinal) || line.Contains("late", StringComparison.Ordinal)
            ),
            Is.Empty
        );
    }

    [Test]
    public async Task Api_ThatRedirectsToAnotherHost_DoesNotTakeTheTokenThere()
    {
        await StartAsync("Forward");
        server.Issuer.Api = context =>
        {
            context.Response.Redirect(
                server.Issuer.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal) + "/api/elsewhere"
            );
            seen.Enqueue(context.Request.Path);
            return Task.CompletedTask;
        };
        await CallAsync(server.Issuer.Token());
        Assert.That(seen, Is.EqualTo(new[] { "/api/v1/companies" }));
    }

    private async Task StartAsync(string kind, params (string Name, string Value)[] settings)
    {
        server = await ProtectedServer.StartAsync(
            [
                ("Upstream:Credential", kind),
                ("Upstream:ClientId", "client:1"),
                ("Upstream:ClientSecret", "s&cret"),
                .. settings,
            ],
            issuer => [("Upstream:TokenEndpoint", issuer + "/token")],
            clock
        );
        server.Issuer.Api = context =>
        {
            seen.Enqueue(context.Request.Headers.Authorization.ToString());
            return context.Response.WriteAsync("{}");
        };
    }

    private async Task<string> CallAsync(string token, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await server.ListAsync(token, Call);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        return await response.Content.ReadAsStringAsync();
    }

    private static Func<HttpContext, Task> Answer(int status, string body) =>
        context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };

    private static byte[] Base64Url(string text) => Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(text);
}
