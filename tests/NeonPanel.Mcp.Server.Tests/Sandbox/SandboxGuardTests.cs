using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>A foreign web page in a browser on this machine can neither get a token of the sandbox nor change
/// it.</summary>
internal sealed class SandboxGuardTests
{
    private SandboxHost sandbox = null!;
    private SandboxBrowser user = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        user = new(sandbox);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        user.Dispose();
        await sandbox.DisposeAsync();
    }

    [TestCase("GET", "/.well-known/oauth-authorization-server")]
    [TestCase("POST", "/oauth2/register")]
    [TestCase("GET", "/api/v1/companies")]
    [TestCase("OPTIONS", "/oauth2/token")]
    public async Task Request_ForAForeignHost_Is421(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path)
        {
            Headers = { Host = "evil.example:" + sandbox.Issuer.Port },
        };
        Assert.That((await SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
    }

    [TestCase("localhost:PORT", HttpStatusCode.OK)]
    [TestCase("127.0.0.1:PORT", HttpStatusCode.OK)]
    [TestCase("[::1]:PORT", HttpStatusCode.OK)]
    [TestCase("localhost", HttpStatusCode.MisdirectedRequest)]
    [TestCase("localhost.evil.example:PORT", HttpStatusCode.MisdirectedRequest)]
    public async Task Request_ForANameOfLoopback_IsServed(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json")
        {
            Headers =
            {
                Host = host.Replace(
                    "PORT",
                    sandbox.Issuer.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                ),
            },
        };
        Assert.That((await SendAsync(request)).StatusCode, Is.EqualTo(expected));
    }

    [TestCase("https://evil.example")]
    [TestCase("null", Description = "a sandboxed frame, or a file")]
    [TestCase("http://localhost.evil.example")]
    public async Task Post_OfAForeignPage_IsRejectedEverywhere(string origin)
    {
        foreach (
            var path in new[]
            {
                "/oauth2/register",
                "/oauth2/token",
                "/oauth2/authorize",
                "/sandbox/rotate-keys",
                "/sandbox/reset",
                "/sandbox/faults",
                "/api/v1/companies",
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = JsonContent.Create(new { redirect_uris = new[] { SandboxBrowser.Redirect } }),
            };
            request.Headers.Add("Origin", origin);
            request.Headers.Authorization = new("Bearer", sandbox.Token);
            using var response = await SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
            Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.False, path);
        }
    }

    // The Inspector runs in a browser, on another port, under either name of this machine.
    [TestCase("http://localhost:6274", "same-site")]
    [TestCase("http://127.0.0.1:6274", "cross-site")]
    public async Task Register_FromTheInspectorsPage_IsCreatedAndReadable(string origin, string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = JsonContent.Create(new { redirect_uris = new[] { SandboxBrowser.Redirect } }),
        };
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", site);
        using var response = await SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
    }

    [TestCase(null, null, HttpStatusCode.Found, Description = "a headless client")]
    [TestCase("OWN", null, HttpStatusCode.Found, Description = "an older browser")]
    [TestCase("OWN", "same-origin", HttpStatusCode.Found, Description = "the consent page")]
    [TestCase("null", "same-origin", HttpStatusCode.Forbidden, Description = "no page of ours sends that")]
    [TestCase("http://localhost:6274", null, HttpStatusCode.Forbidden)]
    [TestCase("http://localhost:6274", "same-site", HttpStatusCode.Forbidden)]
    [TestCase(null, "cross-site", HttpStatusCode.Forbidden)]
    public async Task Approve_FromAnotherPage_GivesNoCode(string? origin, string? site, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/authorize")
        {
            Content = new FormUrlEncodedContent(SandboxBrowser.Request(await user.RegisteredIdAsync())),
        };
        Add(
            request,
            "Origin",
            origin?.Replace("OWN", sandbox.Issuer.ToString().TrimEnd('/'), StringComparison.Ordinal)
        );
        Add(request, "Sec-Fetch-Site", site);
        using var response = await SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(expected));
        Assert.That(
            response.Headers.Location?.Query.Contains("code=", StringComparison.Ordinal) ?? false,
            Is.EqualTo(expected == HttpStatusCode.Found)
        );
    }

    [TestCase("/sandbox/rotate-keys", null)]
    [TestCase("/sandbox/rotate-keys", "Bearer another")]
    [TestCase("/sandbox/withdraw-earlier-keys", null)]
    [TestCase("/sandbox/withdraw-earlier-keys", "SIGNED-IN")]
    public async Task Keys_WithoutThePrintedToken_StayAsTheyAre(string path, string? authorization)
    {
        var before = await user.Http.GetStringAsync("/.well-known/jwks.json");
        // Another valid token of the same person is not the printed one.
        authorization =
            authorization == "SIGNED-IN"
                ? "Bearer " + (await user.SignInAsync()).Tokens["access_token"]
                : authorization;
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        Add(request, "Authorization", authorization);
        Assert.That((await SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await user.Http.GetStringAsync("/.well-known/jwks.json"), Is.EqualTo(before));
    }

    [TestCase("sign-in", HttpStatusCode.OK)]
    [TestCase("refusal", HttpStatusCode.BadRequest)]
    public async Task Page_OfEveryKind_HasAPolicyAndCannotBeFramed(string kind, HttpStatusCode expected)
    {
        var request = SandboxBrowser.Request(kind == "sign-in" ? await user.RegisteredIdAsync() : "nobody");
        using var response = await user.Http.GetAsync(
            Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/oauth2/authorize", request!)
        );
        Assert.That(response.StatusCode, Is.EqualTo(expected));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
        Assert.That(policy, Is.SupersetOf(new[] { "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'" }));
        Assert.That(response.Headers.GetValues("X-Frame-Options"), Is.EqualTo(new[] { "DENY" }));
        Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
    }

    [TestCase("!!!")]
    [TestCase("")]
    [TestCase("bm9jb2xvbg==", Description = "no colon")]
    [TestCase("/////w==", Description = "no UTF-8")]
    [TestCase("bm9ib2R5OnNlY3JldA==", Description = "nobody:secret")]
    public async Task Token_WithABrokenBasicHeader_Is401WithAChallenge(string credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "authorization_code")]),
        };
        Add(request, "Authorization", "Basic " + credentials);
        using var response = await SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Basic"));
        Assert.That(
            (await response.Content.ReadFromJsonAsync<JsonObject>())!["error"]!.ToString(),
            Is.EqualTo("invalid_client")
        );
    }

    [TestCase("/oauth2/token", "application/json", "{}")]
    [TestCase("/oauth2/token", null, "")]
    [TestCase("/oauth2/authorize", "text/plain", "x")]
    [TestCase("/oauth2/register", "application/json", "")]
    [TestCase("/oauth2/register", "application/json", "[]")]
    [TestCase("/oauth2/register", "application/json", "{\"client_name\":1,\"client_name\":2}")]
    [TestCase("/oauth2/register", "application/json", "{\"redirect_uris\":\"https://a.example\"}")]
    [TestCase("/oauth2/register", "application/json", "{\"redirect_uris\":[null]}")]
    [TestCase("/oauth2/register", "application/json", "{\"redirect_uris\":[{\"a\":1}]}")]
    [TestCase("/oauth2/register", "application/json", "{\"redirect_uris\":[\"javascript:alert(1)\"]}")]
    [TestCase("/oauth2/register", "application/json", "{\"redirect_uris\":[\"http://a.example/\"]}")]
    [TestCase("/oauth2/register", "application/json", "{\"redirect_uris\":[\"https://a.example/#x\"]}")]
    [TestCase(
        "/oauth2/register",
        "application/json",
        "{\"redirect_uris\":[\"https://a.example/\"],\"token_endpoint_auth_method\":[]}"
    )]
    public async Task Post_WithABodyThatIsNone_Is400(string path, string? type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        Assert.That((await SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => user.Http.SendAsync(request);

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
