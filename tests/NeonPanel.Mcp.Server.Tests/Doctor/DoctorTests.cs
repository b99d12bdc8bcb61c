using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Doctor;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Doctor;

/// <summary>Each set-up that has kept a client from connecting is found, and the right cause is named.</summary>
[Category("Slow")]
internal sealed class DoctorTests
{
    private const string PublicUrl = "https://mcp.example";

    private TestIssuer issuer = null!;
    private HttpClient http = null!;
    private Dictionary<string, string?> settings = null!;

    [SetUp]
    public async Task StartAsync()
    {
        issuer = new TestIssuer(LoopbackPorts.FreePair(), PublicUrl + "/mcp");
        await issuer.StartAsync();
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        settings = new()
        {
            ["Server:PublicUrl"] = PublicUrl,
            ["Auth:Issuer"] = issuer.Address,
            ["Upstream:BaseAddress"] = issuer.Address,
            ["Discovery:AuthorizationServerMetadata"] = issuer.GoodMetadata().ToJsonString(),
        };
    }

    [TearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await issuer.DisposeAsync();
    }

    [Test]
    public async Task Run_EverythingWell_IsHealthy()
    {
        var report = await RunAsync(issuer.Token());
        Assert.That(report.IsHealthy, report.ToText());
        Assert.That(report.ToText(), Does.Contain("it would be accepted").And.Not.Contain("warning"));
    }

    [TestCase("issuer", "\"ISSUER/\"", "differ in a slash at the end")]
    [TestCase("issuer", "\"https://other.example\"", "Set Auth:Issuer to exactly what the issuer says")]
    [TestCase("code_challenge_methods_supported", "[\"plain\"]", "does not list S256")]
    [TestCase("code_challenge_methods_supported", "null", "does not list S256")]
    [TestCase("token_endpoint_auth_methods_supported", "[\"client_secret_basic\"]", "does not list 'none'")]
    [TestCase("registration_endpoint", "null", "names no registration_endpoint")]
    [TestCase("token_endpoint", "\"ISSUER/other\"", "The document has drifted from the issuer's own")]
    public async Task Run_MetadataThatStopsClients_NamesTheCause(string member, string value, string cause)
    {
        var metadata = issuer.GoodMetadata();
        metadata[member] = JsonNode.Parse(value.Replace("ISSUER", issuer.Address, StringComparison.Ordinal));
        issuer.Metadata = metadata.ToJsonString();
        await AssertFaultAsync(cause);
    }

    // The static document of the test has the issuer's members as they were before the change.
    [TestCase(
        "grant_types_supported",
        "[\"authorization_code\"]",
        "warning",
        "grant_types_supported is missing, but the issuer says [\"authorization_code\"]"
    )]
    [TestCase(
        "scopes_supported",
        "[\"openid\",\"email\"]",
        "warning",
        "scopes_supported lacks 'email' of the issuer's document"
    )]
    [TestCase(
        "code_challenge_methods_supported",
        "[\"S256\",\"plain\"]",
        "warning",
        "code_challenge_methods_supported lacks 'plain'"
    )]
    [TestCase(
        "token_endpoint_auth_methods_supported",
        "[\"private_key_jwt\"]",
        "fault",
        "lists 'none', which the issuer does not list, and lacks 'private_key_jwt'"
    )]
    [TestCase(
        "jwks_uri",
        "\"ISSUER/elsewhere.json\"",
        "fault",
        "jwks_uri is 'ISSUER/.well-known/jwks.json', but the issuer says 'ISSUER/elsewhere.json'"
    )]
    [TestCase(
        "registration_endpoint",
        "null",
        "fault",
        "registration_endpoint is 'ISSUER/register', but the issuer says missing"
    )]
    public async Task Run_StaticMetadataThatDiffers_NamesMemberAndChange(
        string member,
        string value,
        string verdict,
        string text
    )
    {
        var metadata = issuer.GoodMetadata();
        metadata[member] = JsonNode.Parse(value.Replace("ISSUER", issuer.Address, StringComparison.Ordinal));
        issuer.Metadata = metadata.ToJsonString();
        var report = await RunAsync(null);
        var lines = report.ToText().Split('\n');
        var at = Array.FindIndex(lines, line =>
            line.StartsWith(verdict.PadRight(8) + " published metadata: ", StringComparison.Ordinal)
            && line.Contains(text.Replace("ISSUER", issuer.Address, StringComparison.Ordinal), StringComparison.Ordinal)
        );
        Assert.That(at, Is.GreaterThanOrEqualTo(0), report.ToText());
        Assert.That(lines[at + 1], Does.Contain("Discovery:AuthorizationServerMetadata"));
        Assert.That(report.ToText(), Does.Not.Contain("are those of the issuer"));
    }

    [Test]
    public async Task Run_IssuerThatDoesNotListTheAdvertisedScopes_IsWarnedOf()
    {
        var metadata = issuer.GoodMetadata();
        metadata["scopes_supported"] = new JsonArray("dcr.create");
        issuer.Metadata = settings["Discovery:AuthorizationServerMetadata"] = metadata.ToJsonString();
        var report = await RunAsync(null);
        Assert.That(report.IsHealthy, report.ToText());
        Assert.That(report.ToText(), Does.Contain("warning  scopes: advertised but not issued: openid"));
    }

    [Test]
    public async Task Run_IssuerWithMetadataDocumentsInsteadOfRegistration_IsWarnedOfClientsWithoutOne()
    {
        var metadata = issuer.GoodMetadata();
        metadata.Remove("registration_endpoint");
        metadata["client_id_metadata_document_supported"] = true;
        issuer.Metadata = settings["Discovery:AuthorizationServerMetadata"] = metadata.ToJsonString();
        var report = await RunAsync(null);
        Assert.That(report.IsHealthy, report.ToText());
        Assert.That(
            report.ToText(),
            Does.Match(
                @"(?m)^warning  authorization server metadata: .*\n.*by hand: Microsoft Copilot Studio, Cursor, Gemini CLI, mcp-remote\.$"
            )
        );
    }

    [Test]
    public async Task Run_StaticMetadataInAnotherOrder_IsTheSame()
    {
        var metadata = issuer.GoodMetadata();
        metadata["scopes_supported"] = new JsonArray("email", "openid");
        settings["Discovery:AuthorizationServerMetadata"] = metadata.ToJsonString();
        metadata["scopes_supported"] = new JsonArray("openid", "email");
        issuer.Metadata = new JsonObject(
            metadata.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))
        ).ToJsonString();
        Assert.That(
            (await RunAsync(null)).ToText(),
            Does.Contain("all 7 members of Discovery:AuthorizationServerMetadata are those of the issuer")
        );
    }

    [TestCase("<!doctype html>", "answers with HTML instead of JSON")]
    [TestCase("[1]", "something else than a JSON object")]
    [TestCase("nothing", "something else than JSON")]
    public async Task Run_MetadataThatIsNone_NamesTheCause(string text, string cause)
    {
        issuer.Metadata = text;
        await AssertFaultAsync(cause);
    }

    [Test]
    public async Task Run_KeysOfNoUse_AreTold()
    {
        issuer.Rotate("small", bits: 1024);
        await AssertFaultAsync("has no usable key");
    }

    [TestCase("Upstream:Credential", "ClientCredentials", "Upstream:TokenEndpoint must be set")]
    [TestCase("Mcp:DefaultProfile", "nothing", "Mcp:DefaultProfile must be one of")]
    [TestCase("Mcp:ResultText", "Long", "Mcp:ResultText must be one of")]
    [TestCase("Limits:MaxRequestBytes", "1MiB", "Limits:MaxRequestBytes must be a whole number")]
    [TestCase("Redis:ConnectionString", "not a host:abc", "Redis:ConnectionString must be")]
    [TestCase("Telemetry:OtlpEndpoint", "collector", "Telemetry:OtlpEndpoint must be")]
    [TestCase("Server:PublicUrl", "ftp://x", "Server:PublicUrl must be an absolute https URL")]
    [TestCase("Upstream:BaseAddress", "http://localhost:1", "http://localhost:1/ cannot be reached")]
    [TestCase("Auth:JwksUri", "http://localhost:1/jwks", "http://localhost:1/jwks cannot be reached")]
    [TestCase(
        "Discovery:AuthorizationServerMetadata",
        "{\"issuer\":\"https://old.example\"}",
        "says issuer 'https://old.example'"
    )]
    public async Task Run_WrongSetting_IsNamed(string name, string value, string cause)
    {
        settings[name] = value;
        await AssertFaultAsync(cause);
    }

    [TestCase("Auth:RequiredScopes", "openid admin", "scopes: required but not advertised: admin")]
    [TestCase("Server:AllowedHosts", "other.example", "Server:AllowedHosts (other.example) lacks 'mcp.example'")]
    [TestCase("Server:AllowedHosts", "mcp.example:8443", "lacks 'mcp.example'")]
    [TestCase("Server:PublicUrl", PublicUrl + "/mcp", "the addresses are https://mcp.example/mcp/mcp")]
    [TestCase("Server:PublicUrl", PublicUrl + "/sse", "ends in '/sse'")]
    public async Task Run_AddressThatIsHardlyMeant_IsWarnedOf(string name, string value, string cause)
    {
        settings[name] = value;
        var report = await RunAsync(null);
        Assert.That(
            report.ToText(),
            Does.Match("(?m)^warning .*" + System.Text.RegularExpressions.Regex.Escape(cause))
        );
        Assert.That(report.IsHealthy);
    }

    [TestCase("--token=TOKEN")]
    [TestCase("--token TOKEN")]
    [TestCase("--token|Bearer TOKEN", Description = "as it stands in the header")]
    public async Task CommandLine_TokenInEveryForm_IsJudged(string form)
    {
        using var output = new StringWriter();
        var token = form.Replace("TOKEN", issuer.Token(), StringComparison.Ordinal)
            .Split(form.Contains('|', StringComparison.Ordinal) ? '|' : ' ');
        var code = await DoctorProgram.RunAsync(
            [.. token, .. settings.Select(setting => $"--{setting.Key}={setting.Value}")],
            output,
            GeneratedCatalog.Create()
        );
        Assert.That(code, Is.Zero, output.ToString());
        Assert.That(output.ToString(), Does.Contain("it would be accepted"));
    }

    [Test]
    public async Task Run_IssuerThatIsNotThere_IsTold()
    {
        settings["Auth:Issuer"] = "http://localhost:1";
        await AssertFaultAsync("http://localhost:1/.well-known/oauth-authorization-server cannot be reached");
    }

    [TestCase("iss", "https://other.example", "but Auth:Issuer is ")]
    [TestCase("aud", "https://other.example", "a present aud must be one of Auth:Audiences")]
    [TestCase("scope", "profile", "it lacks the scopes openid")]
    public async Task Run_TokenThatDoesNotFit_NamesTheSetting(string claim, string value, string cause)
    {
        settings["Auth:EnforceToolScopes"] = "true";
        await AssertFaultAsync(cause, issuer.Token(body => body[claim] = value));
    }

    [Test]
    public async Task Run_TokenThatIsExpired_IsTold() =>
        await AssertFaultAsync("exp passed 6", issuer.Token(body => body["exp"] = TestIssuer.Now - 600));

    [Test]
    public async Task Run_OpaqueToken_IsTold() => await AssertFaultAsync("it is not a JWT", "opaque");

    [Test]
    public async Task ToJson_TellsTheSame()
    {
        issuer.Metadata = "<html>";
        var report = JsonNode.Parse((await RunAsync(null)).ToJson())!;
        Assert.That(report["healthy"]!.GetValue<bool>(), Is.False);
        Assert.That(
            report["checks"]!
                .AsArray()
                .Single(check => check!["text"]!.ToString().Contains("HTML", StringComparison.Ordinal))![
                "verdict"
            ]!.ToString(),
            Is.EqualTo("fault")
        );
    }

    private async Task AssertFaultAsync(string cause, string? token = null)
    {
        var report = await RunAsync(token);
        Assert.That(report.IsHealthy, Is.False);
        Assert.That(report.ToText(), Does.Contain(cause));
        // The token itself is a secret, and stays one.
        Assert.That(token is null || !report.ToText().Contains(token, StringComparison.Ordinal) || token == "opaque");
    }

    private Task<DoctorReport> RunAsync(string? token) =>
        new DoctorVerb(GeneratedCatalog.Create(), http, TimeProvider.System).RunAsync(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            isDevelopment: false,
            token
        );
}
