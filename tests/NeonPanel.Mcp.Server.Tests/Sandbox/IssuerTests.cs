using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>Each <c>--issuer</c> behaves as its name promises, from registration to the token and the API.</summary>
[Category("Slow")]
internal sealed class IssuerTests
{
    private SandboxHost? sandbox;
    private SandboxBrowser? browser;

    [TearDown]
    public async Task StopAsync()
    {
        browser?.Dispose();
        if (sandbox is not null)
        {
            await sandbox.DisposeAsync();
        }
    }

    [Test]
    public async Task SignIn_DefaultIssuer_GrantsOpenIdForTheRequestedResource()
    {
        var user = await StartAsync("default");
        var (_, tokens) = await user.SignInAsync("http://localhost:1/mcp", "anything");
        var token = new JsonWebToken(tokens["access_token"]!.ToString());
        Assert.That(tokens["scope"]!.ToString(), Is.EqualTo("openid"));
        Assert.That(token.Audiences, Is.EqualTo(new[] { "http://localhost:1/mcp" }));
        Assert.That(await user.CallApiAsync(token.EncodedToken), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task SignIn_Live2025_GrantsDcrCreateWithoutAudienceAndWithoutIssuerParameter()
    {
        var user = await StartAsync("live-2025");
        var metadata = await MetadataAsync(user);
        Assert.That(metadata["scopes_supported"]!.ToJsonString(), Is.EqualTo("[\"dcr.create\"]"));
        Assert.That(metadata.ContainsKey("authorization_response_iss_parameter_supported"), Is.False);
        var clientId = await user.RegisteredIdAsync();
        var answer = await user.ApproveAsync(
            SandboxBrowser.Request(clientId, resource: "http://localhost:1/mcp", scope: "openid email")
        );
        Assert.That(answer.Keys, Is.EquivalentTo(new[] { "code", "state" }));
        var tokens = (await user.TokenAsync(SandboxBrowser.Exchange(clientId, answer["code"]))).Body;
        var token = new JsonWebToken(tokens["access_token"]!.ToString());
        Assert.That(token.TryGetClaim("aud", out _), Is.False);
        Assert.That(token.GetClaim("scope").Value, Is.EqualTo("dcr.create"));
        Assert.That(await user.CallApiAsync(token.EncodedToken), Is.EqualTo(HttpStatusCode.OK));
    }

    // The members of contract section 5, which the real issuer's document has.
    [Test]
    public async Task Metadata_Live2025_EqualsTheDocumentThatWePublishByDefault()
    {
        var metadata = await MetadataAsync(await StartAsync("live-2025"));
        var published = JsonNode
            .Parse(NeonPanel.Mcp.Tools.Generated.GeneratedCatalog.Create().AuthorizationServer!)!
            .AsObject();
        foreach (var (name, value) in published)
        {
            var expected = value!
                .ToJsonString()
                .Replace("https://my.neonpanel.com", sandbox!.Issuer.ToString().TrimEnd('/'), StringComparison.Ordinal);
            Assert.That(metadata[name]?.ToJsonString(), Is.EqualTo(expected), name);
        }
    }

    [Test]
    public async Task SignIn_Strict_PutsResourceAndRequestedScopesIntoTheToken()
    {
        var user = await StartAsync("strict");
        var (clientId, tokens) = await user.SignInAsync("http://localhost:1/mcp", "email openid");
        var token = new JsonWebToken(tokens["access_token"]!.ToString());
        Assert.That(token.Audiences, Is.EqualTo(new[] { "http://localhost:1/mcp" }));
        Assert.That(token.GetClaim("scope").Value, Is.EqualTo("email openid"));
        // RFC 9068 §2.1 and §2.2.
        Assert.That(token.Typ, Is.EqualTo("at+jwt"));
        Assert.That(
            new[] { "iss", "exp", "aud", "sub", "client_id", "iat", "jti" }.Where(name =>
                !token.TryGetClaim(name, out _)
            ),
            Is.Empty
        );
        Assert.That(token.GetClaim("client_id").Value, Is.EqualTo(clientId));
    }

    [TestCase(null, "openid", "invalid_target")]
    [TestCase("mcp", "openid", "invalid_target")]
    [TestCase("https://mcp.example/#part", "openid", "invalid_target")]
    [TestCase("https://mcp.example/mcp", "openid dcr.create", "invalid_scope")]
    public async Task Authorize_StrictWithoutWhatItNeeds_RedirectsWithErrorStateAndIssuer(
        string? resource,
        string scope,
        string error
    )
    {
        var user = await StartAsync("strict");
        var (status, _, location) = await user.OpenAsync(
            SandboxBrowser.Request(await user.RegisteredIdAsync(), resource: resource, scope: scope)
        );
        Assert.That(status, Is.EqualTo(HttpStatusCode.Found));
        var answer = SandboxBrowser.Parameters(location!);
        Assert.That(location!.ToString(), Does.StartWith(SandboxBrowser.Redirect + "?"));
        Assert.That(answer["error"], Is.EqualTo(error));
        Assert.That(answer["state"], Is.EqualTo("s"));
        // RFC 9207 §2: error responses name the issuer as well.
        Assert.That(answer["iss"], Is.EqualTo(sandbox!.Issuer.ToString().TrimEnd('/')));
    }

    [TestCase(null)]
    [TestCase("https://other.example/mcp")]
    public async Task Exchange_StrictForAnotherResource_IsInvalidTarget(string? resource)
    {
        var user = await StartAsync("strict");
        var clientId = await user.RegisteredIdAsync();
        var answer = await user.ApproveAsync(SandboxBrowser.Request(clientId, resource: "https://mcp.example/mcp"));
        var (status, body) = await user.TokenAsync(SandboxBrowser.Exchange(clientId, answer["code"], resource));
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body["error"]!.ToString(), Is.EqualTo("invalid_target"));
    }

    [Test]
    public async Task Register_NoRegistration_IsNotThereAndPreparedClientsSignIn()
    {
        var user = await StartAsync("no-registration");
        Assert.That((await MetadataAsync(user)).ContainsKey("registration_endpoint"), Is.False);
        Assert.That(
            (await user.RegisterAsync(new { redirect_uris = new[] { SandboxBrowser.Redirect } })).Status,
            Is.EqualTo(HttpStatusCode.NotFound)
        );
        var answer = await user.ApproveAsync(SandboxBrowser.Request("sandbox-client"));
        Assert.That(
            (await user.TokenAsync(SandboxBrowser.Exchange("sandbox-client", answer["code"]))).Status,
            Is.EqualTo(HttpStatusCode.OK)
        );
    }

    [TestCase("sandbox-secret", HttpStatusCode.OK)]
    [TestCase("another", HttpStatusCode.Unauthorized)]
    [TestCase("", HttpStatusCode.Unauthorized)]
    public async Task Exchange_PreparedClientWithSecret_NeedsIt(string secret, HttpStatusCode expected)
    {
        var user = await StartAsync("no-registration");
        var answer = await user.ApproveAsync(SandboxBrowser.Request("sandbox-secret-client"));
        var form = SandboxBrowser.Exchange("sandbox-secret-client", answer["code"]);
        form["client_secret"] = secret;
        Assert.That((await user.TokenAsync(form)).Status, Is.EqualTo(expected));
    }

    [TestCase("https://evil.example/callback", HttpStatusCode.BadRequest)]
    [TestCase("http://127.0.0.1:49152/any/path", HttpStatusCode.OK)]
    [TestCase("https://claude.ai/api/mcp/auth_callback", HttpStatusCode.OK)]
    public async Task Authorize_PreparedClient_RedirectsToLoopbackAndKnownAddressesOnly(
        string redirect,
        HttpStatusCode expected
    )
    {
        var user = await StartAsync("no-registration");
        Assert.That(
            (await user.OpenAsync(SandboxBrowser.Request("sandbox-client", redirect))).Status,
            Is.EqualTo(expected)
        );
    }

    [Test]
    public async Task SignIn_MetadataDocuments_ReadsTheClientFromItsAddress()
    {
        var user = await StartAsync("metadata-documents");
        var metadata = await MetadataAsync(user);
        Assert.That(metadata["client_id_metadata_document_supported"]!.GetValue<bool>(), Is.True);
        Assert.That(metadata.ContainsKey("registration_endpoint"), Is.False);
        await using var site = await ClientSite.StartAsync();
        site.Document = address =>
            new()
            {
                ["client_id"] = address,
                ["client_name"] = "Shown <name>",
                ["redirect_uris"] = new JsonArray(SandboxBrowser.Redirect),
            };
        var request = SandboxBrowser.Request(site.ClientId);
        Assert.That((await user.OpenAsync(request)).Text, Does.Contain("Shown &lt;name&gt;"));
        var answer = await user.ApproveAsync(request);
        var (status, tokens) = await user.TokenAsync(SandboxBrowser.Exchange(site.ClientId, answer["code"]));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            new JsonWebToken(tokens["access_token"]!.ToString()).GetClaim("client_id").Value,
            Is.EqualTo(site.ClientId)
        );
    }

    [TestCase("client_id", "\"https://other.example/client.json\"", "must have that address as its 'client_id'")]
    [TestCase("client_id", "null", "must have that address as its 'client_id'")]
    [TestCase("redirect_uris", "[\"https://other.example/callback\"]", "The redirect_uri is not registered")]
    [TestCase("redirect_uris", "[\"http://other.example/callback\"]", "must begin with https")]
    [TestCase("token_endpoint_auth_method", "\"client_secret_post\"", "must be one of none, private_key_jwt")]
    [TestCase("client_secret", "\"s\"", "can hold no secret")]
    [TestCase("token_endpoint_auth_method", "\"private_key_jwt\"", "needs either jwks or jwks_uri")]
    public async Task Authorize_MetadataDocumentWithAFault_NamesIt(string member, string value, string fault)
    {
        var user = await StartAsync("metadata-documents");
        await using var site = await ClientSite.StartAsync();
        site.Document = address =>
            new()
            {
                ["client_id"] = address,
                ["redirect_uris"] = new JsonArray(SandboxBrowser.Redirect),
                [member] = JsonNode.Parse(value),
            };
        var (status, text, location) = await user.OpenAsync(SandboxBrowser.Request(site.ClientId));
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(WebUtility.HtmlDecode(text), Does.Contain(fault));
        Assert.That(location, Is.Null);
    }

    [TestCase("http://other.example/client.json", "must begin with https")]
    [TestCase("https://127.0.0.1/client.json", "has no public address")]
    [TestCase("https://user@chatgpt.com/client.json", "must have a path, and no user")]
    [TestCase("https://chatgpt.com", "must have a path")]
    [TestCase("https://chatgpt.com/a/../client.json", "dot segment")]
    [TestCase("https://chatgpt.com/client.json#part", "fragment")]
    public async Task Authorize_MetadataDocumentAtAForbiddenAddress_IsNotFetched(string clientId, string fault)
    {
        var user = await StartAsync("metadata-documents");
        var (status, text, _) = await user.OpenAsync(SandboxBrowser.Request(clientId));
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(WebUtility.HtmlDecode(text), Does.Contain(fault));
    }

    [TestCase("/moved.json", "status 302")]
    [TestCase("/twice.json", "names a member twice")]
    [TestCase("/list.json", "holds no JSON object")]
    [TestCase("/large.json", "could not be fetched")]
    public async Task Authorize_MetadataDocumentThatIsNone_IsAFaultAndNoCrash(string path, string fault)
    {
        var user = await StartAsync("metadata-documents");
        await using var site = await ClientSite.StartAsync();
        var (status, text, _) = await user.OpenAsync(SandboxBrowser.Request(site.Address + path));
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(WebUtility.HtmlDecode(text), Does.Contain(fault));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task SignIn_KeySigned_TakesAnAssertionOfTheRegisteredKeyOnce(bool byAddress)
    {
        var user = await StartAsync("key-signed");
        await using var site = await ClientSite.StartAsync();
        var clientId = await site.RegisterAsync(user, byAddress);
        var answer = await user.ApproveAsync(SandboxBrowser.Request(clientId));
        var form = Signed(site.Assertion(clientId, sandbox!.Issuer + "oauth2/token"), answer["code"], clientId);
        var (status, tokens) = await user.TokenAsync(form);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), tokens.ToJsonString());
        // RFC 7523 §3, point 7: an assertion that was used before is rejected.
        answer = await user.ApproveAsync(SandboxBrowser.Request(clientId));
        form["code"] = answer["code"];
        Assert.That((await user.TokenAsync(form)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("iss", "\"another\"")]
    [TestCase("sub", "\"another\"")]
    [TestCase("aud", "\"https://other.example\"")]
    [TestCase("exp", "1")]
    [TestCase("exp", "null")]
    [TestCase("key", "another")]
    [TestCase("alg", "none")]
    public async Task Exchange_KeySignedWithAWrongAssertion_IsInvalidClient(string member, string value)
    {
        var user = await StartAsync("key-signed");
        await using var site = await ClientSite.StartAsync();
        var clientId = await site.RegisterAsync(user, byAddress: false);
        var answer = await user.ApproveAsync(SandboxBrowser.Request(clientId));
        var assertion = member switch
        {
            "key" => site.Assertion(clientId, sandbox!.Issuer.ToString().TrimEnd('/'), key: RSA.Create(2048)),
            "alg" => Unsigned(site.Assertion(clientId, sandbox!.Issuer.ToString().TrimEnd('/'))),
            _ => site.Assertion(clientId, sandbox!.Issuer.ToString().TrimEnd('/'), body => Set(body, member, value)),
        };
        var (status, body) = await user.TokenAsync(Signed(assertion, answer["code"], clientId));
        Assert.That(status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(body["error"]!.ToString(), Is.EqualTo("invalid_client"));
    }

    [TestCase("none", null)]
    [TestCase("client_secret_basic", null)]
    [TestCase("private_key_jwt", null)]
    [TestCase("private_key_jwt", "http://other.example/keys")]
    public async Task Register_KeySignedWithoutAUsableKey_IsRejected(string method, string? keys)
    {
        var user = await StartAsync("key-signed");
        var (status, body) = await user.RegisterAsync(
            new JsonObject
            {
                ["redirect_uris"] = new JsonArray(SandboxBrowser.Redirect),
                ["token_endpoint_auth_method"] = method,
                ["jwks_uri"] = keys,
            }
        );
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body["error"]!.ToString(), Is.EqualTo("invalid_client_metadata"));
    }

    [TestCase("https://claude.ai/api/mcp/auth_callback", HttpStatusCode.Created)]
    [TestCase("http://127.0.0.1:33418/", HttpStatusCode.Created)]
    [TestCase("http://localhost:51234/callback", HttpStatusCode.Created)]
    [TestCase("http://localhost:51234/oauth/callback", HttpStatusCode.BadRequest)]
    [TestCase("https://chatgpt.com/connector/oauth/abc", HttpStatusCode.BadRequest)]
    [TestCase("https://claude.ai/api/mcp/auth_callback/", HttpStatusCode.BadRequest)]
    public async Task Register_RedirectList_TakesListedAddressesOnly(string redirect, HttpStatusCode expected)
    {
        var user = await StartAsync("redirect-list");
        var (status, body) = await user.RegisterAsync(new { redirect_uris = new[] { redirect } });
        Assert.That(status, Is.EqualTo(expected));
        Assert.That(
            body["error"]?.ToString(),
            Is.EqualTo(expected == HttpStatusCode.Created ? null : "invalid_redirect_uri")
        );
    }

    [Test]
    public async Task ShortTokens_AfterAMinute_AreRejectedByTheApiAndRenewed()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var user = await StartAsync("short-tokens", clock);
        var (clientId, tokens) = await user.SignInAsync();
        var token = new JsonWebToken(tokens["access_token"]!.ToString());
        Assert.That(tokens["expires_in"]!.GetValue<int>(), Is.EqualTo(60));
        Assert.That(token.ValidTo - token.IssuedAt, Is.EqualTo(TimeSpan.FromSeconds(60)));
        clock.Advance(TimeSpan.FromSeconds(58));
        Assert.That(await user.CallApiAsync(token.EncodedToken), Is.EqualTo(HttpStatusCode.OK));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await user.CallApiAsync(token.EncodedToken), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await user.CallApiAsync(await RenewedAsync(user, clientId, tokens)), Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("api-rejects", HttpStatusCode.OK)]
    [TestCase("api-rejects-all", HttpStatusCode.Unauthorized)]
    public async Task ApiRejects_TheFirstToken_AndTakesTheRenewedOneWhereItsNameSaysSo(
        string issuer,
        HttpStatusCode renewed
    )
    {
        var user = await StartAsync(issuer);
        var (clientId, tokens) = await user.SignInAsync();
        Assert.That(
            await user.CallApiAsync(tokens["access_token"]!.ToString()),
            Is.EqualTo(HttpStatusCode.Unauthorized)
        );
        Assert.That(await user.CallApiAsync(sandbox!.Token), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await user.CallApiAsync(await RenewedAsync(user, clientId, tokens)), Is.EqualTo(renewed));
    }

    [Test]
    public async Task RefreshToken_UsedTwiceOrByAnotherClient_IsInvalidGrant()
    {
        var user = await StartAsync("default");
        var (clientId, tokens) = await user.SignInAsync();
        var form = Refresh(clientId, tokens);
        Assert.That((await user.TokenAsync(form)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await user.TokenAsync(form)).Body["error"]!.ToString(), Is.EqualTo("invalid_grant"));
        var (_, others) = await user.SignInAsync();
        Assert.That(
            (await user.TokenAsync(Refresh(clientId, others))).Body["error"]!.ToString(),
            Is.EqualTo("invalid_grant")
        );
    }

    // OpenID Connect Discovery 1.0 §3 and Core 1.0 §5.3.
    [TestCaseSource(nameof(Names))]
    public async Task EveryIssuer_ServesOpenIdConfigurationAndUserInfo(string issuer)
    {
        var user = await StartAsync(issuer);
        var openId = (await user.Http.GetFromJsonAsync<JsonObject>("/.well-known/openid-configuration"))!;
        var metadata = await MetadataAsync(user);
        foreach (var (name, value) in metadata)
        {
            Assert.That(JsonNode.DeepEquals(openId[name], value), Is.True, name);
        }

        Assert.That(
            openId.ContainsKey("subject_types_supported") && openId.ContainsKey("id_token_signing_alg_values_supported")
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, openId["userinfo_endpoint"]!.ToString())
        {
            Headers = { Authorization = new("Bearer", sandbox!.Token) },
        };
        using var answer = await user.Http.SendAsync(request);
        var person = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.That(person["sub"]!.ToString(), Is.EqualTo(new JsonWebToken(sandbox.Token).Subject));
        Assert.That(person["email_verified"]!.GetValue<bool>(), Is.True);
        using var anonymous = await user.Http.GetAsync(openId["userinfo_endpoint"]!.ToString());
        Assert.That(anonymous.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("--issuer", "nothing")]
    [TestCase("--issuer=Strict")]
    public void Arguments_UnknownIssuer_ListsTheKnownOnes(params string[] args)
    {
        var (arguments, fault) = SandboxArguments.Read(args);
        Assert.That(arguments, Is.Null);
        Assert.That(Names.Where(name => !fault!.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("--port 70000", "--port must be a number from 1 to 65534, but is '70000'.")]
    [TestCase("--port", "--port needs a value.")]
    [TestCase("--isuer strict", "There is no option '--isuer'.")]
    [TestCase("--seed -1", "--seed must be a whole number, but is '-1'.")]
    [TestCase("--today 2026-11-14", "--today must be a day from 2026-11-15 to 2030-12-31, but is '2026-11-14'.")]
    [TestCase("--today 11/28/2026", "--today must be a day from 2026-11-15 to 2030-12-31, but is '11/28/2026'.")]
    [TestCase("--companies 4", "--companies must be a number from 5 to 1000, but is '4'.")]
    [TestCase("--scale 0", "--scale must be a number from 1 to 20, but is '0'.")]
    [TestCase("--data=", "--data needs a value.")]
    public void Arguments_Wrong_AreNamed(string line, string fault) =>
        Assert.That(SandboxArguments.Read(line.Split(' ')).Fault, Does.StartWith(fault));

    [Test]
    public void Arguments_PortAndIssuer_AreRead()
    {
        var (arguments, _) = SandboxArguments.Read(["--port=4000", "--issuer", "strict"]);
        Assert.That(
            arguments,
            Is.EqualTo(new SandboxArguments(4000, IssuerBehavior.Find("strict")!, LedgerOptions.Default, null))
        );
    }

    [Test]
    public void Arguments_OfTheBooks_AreRead()
    {
        var (arguments, _) = SandboxArguments.Read([
            "--seed",
            "7",
            "--today=2027-01-31",
            "--companies",
            "130",
            "--scale=2",
            "--data",
            "books.db",
        ]);
        Assert.That(arguments!.Ledger, Is.EqualTo(new LedgerOptions(7, new(2027, 1, 31), 130, 2)));
        Assert.That(arguments.DataFile, Is.EqualTo("books.db"));
    }

    // The names that issue and README promise.
    private static readonly string[] Names =
    [
        "default",
        "live-2025",
        "strict",
        "no-registration",
        "metadata-documents",
        "key-signed",
        "redirect-list",
        "short-tokens",
        "api-rejects",
        "api-rejects-all",
    ];

    private async Task<SandboxBrowser> StartAsync(string issuer, TimeProvider? time = null)
    {
        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair(), IssuerBehavior.Find(issuer), time);
        return browser = new(sandbox);
    }

    private static async Task<JsonObject> MetadataAsync(SandboxBrowser user) =>
        (await user.Http.GetFromJsonAsync<JsonObject>("/.well-known/oauth-authorization-server"))!;

    private static Dictionary<string, string> Refresh(string clientId, JsonObject tokens) =>
        new()
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = clientId,
            ["refresh_token"] = tokens["refresh_token"]!.ToString(),
        };

    private static async Task<string> RenewedAsync(SandboxBrowser user, string clientId, JsonObject tokens) =>
        (await user.TokenAsync(Refresh(clientId, tokens))).Body["access_token"]!.ToString();

    private static Dictionary<string, string> Signed(string assertion, string code, string clientId)
    {
        var form = SandboxBrowser.Exchange(clientId, code);
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        form["client_assertion"] = assertion;
        return form;
    }

    private static void Set(JsonObject body, string member, string value) => body[member] = JsonNode.Parse(value);

    private static string Unsigned(string assertion) =>
        Base64UrlEncoder.Encode("""{"alg":"none"}""") + "." + assertion.Split('.')[1] + ".";
}
