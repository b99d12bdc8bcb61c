using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Server.Doctor;
using NeonPanel.Mcp.Server.Doctor.Clients;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Doctor;

/// <summary><c>doctor --as CLIENT</c> against every issuer of the sandbox. The verdicts were worked out by hand from
/// the habits of the clients and the rules of the issuers.</summary>
[Category("Slow")]
internal sealed class ClientPlayTests
{
    private static readonly string[] Clients =
    [
        "chatgpt",
        "claude",
        "claude-code",
        "codex",
        "copilot-studio",
        "cursor",
        "gemini-cli",
        "mcp-remote",
        "vscode",
    ];

    // "ok" where the sign-in page is reached, else the step that fails. Columns as in Clients. no-registration: no way
    // to a client id. metadata-documents: only the five with a document. key-signed: only ChatGPT has a key; VS Code
    // presents its document although 'none' is not listed. redirect-list: Cursor's second address, the varying ones of
    // Codex and Copilot Studio, and /oauth/callback on loopback are not listed. strict: Copilot Studio sends no
    // resource.
    private static readonly Dictionary<string, string[]> Verdicts = new()
    {
        ["default"] = ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
        ["live-2025"] = ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
        ["strict"] = ["ok", "ok", "ok", "ok", "authorization request", "ok", "ok", "ok", "ok"],
        ["no-registration"] =
        [
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
        ],
        ["metadata-documents"] =
        [
            "ok",
            "ok",
            "ok",
            "ok",
            "registration",
            "registration",
            "registration",
            "registration",
            "ok",
        ],
        ["key-signed"] =
        [
            "ok",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "authorization request",
        ],
        ["redirect-list"] =
        [
            "ok",
            "ok",
            "ok",
            "registration",
            "registration",
            "registration",
            "registration",
            "registration",
            "ok",
        ],
        ["short-tokens"] = ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
        ["api-rejects"] = ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
        ["api-rejects-all"] = ["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
    };

    private static IEnumerable<string> Issuers => IssuerBehavior.All.Select(issuer => issuer.Name);

    [TestCaseSource(nameof(Issuers))]
    public async Task Play_EveryClientAgainstTheIssuer_HasTheVerdictWorkedOutByHand(string issuer)
    {
        await using var sandbox = await StartAsync(issuer);
        var found = new List<string>();
        foreach (var client in Clients)
        {
            var (code, checks) = await PlayAsync(sandbox, client);
            var fault = checks.SingleOrDefault(check => check["verdict"]!.ToString() == "fault");
            Assert.That(code, Is.EqualTo(fault is null ? 0 : 1), client);
            Assert.That(fault is null || fault["advice"]!.ToString().Length > 0, client);
            found.Add(fault?["check"]!.ToString() ?? "ok");
        }

        Assert.That(found, Is.EqualTo(Verdicts[issuer]));
    }

    [Test]
    public void Clients_OfTheDataFiles_AreThoseOfTheTable() =>
        Assert.That(ClientHabits.All.Select(client => client.Name), Is.EqualTo(Clients));

    [TestCaseSource(nameof(Clients))]
    public void Habits_OfEveryClient_HaveDatedSources(string name)
    {
        var client = ClientHabits.Find(name)!;
        Assert.That(client.Sources, Is.Not.Empty);
        Assert.That(client.Sources.Select(source => source.Date), Has.All.Match(@"^202[56]-\d\d-\d\d$"));
        Assert.That(client.Sources.Select(source => source.Where), Has.All.Match("[.#/]"));
        Assert.That(client.Redirects, Is.Not.Empty);
    }

    // Which step says what, where clients differ.
    [TestCase("chatgpt", "default", "redirect address", "https://chatgpt.com/connector_platform_oauth_redirect")]
    [TestCase(
        "chatgpt",
        "live-2025",
        "redirect address",
        "https://chatgpt.com/connector/oauth/doctor; it changes with connector"
    )]
    [TestCase("chatgpt", "live-2025", "scopes", "requests 'dcr.create' from scopes_supported of the issuer")]
    [TestCase("chatgpt", "metadata-documents", "registration", "https://chatgpt.com/oauth/client.json")]
    [TestCase("chatgpt", "key-signed", "token request", "fetch https://chatgpt.com/oauth/jwks.json")]
    [TestCase(
        "claude",
        "default",
        "registration",
        "as 'Claude', client_secret_post, for https://claude.ai/api/mcp/auth_callback answers with client id"
    )]
    [TestCase("claude", "live-2025", "scopes", "requests 'openid' from the challenge")]
    [TestCase("codex", "strict", "scopes", "requests 'openid email profile' from scopes_supported of the issuer")]
    [TestCase("codex", "default", "token request", "rejects a response whose iss is missing")]
    [TestCase("copilot-studio", "default", "scopes", "requests none")]
    [TestCase(
        "copilot-studio",
        "strict",
        "authorization request",
        "error 'invalid_target': The parameter resource is required"
    )]
    [TestCase("cursor", "default", "redirect address", "http://localhost:8787/callback")]
    [TestCase(
        "cursor",
        "redirect-list",
        "registration",
        "invalid_redirect_uri: The redirect address 'https://www.cursor.com/agents/mcp/oauth/callback' is not on the list"
    )]
    [TestCase("vscode", "key-signed", "authorization request", "answers with status 400: Sign-in is not possible")]
    [TestCase("vscode", "default", "discovery", "/.well-known/oauth-authorization-server answers with metadata")]
    public async Task Play_AClient_TellsWhatHappens(string client, string issuer, string check, string text)
    {
        await using var sandbox = await StartAsync(issuer);
        var (_, checks) = await PlayAsync(sandbox, client);
        Assert.That(
            checks.Where(entry => entry["check"]!.ToString() == check).Select(entry => entry["text"]!.ToString()),
            Has.Some.Contains(text),
            () => string.Join('\n', checks.Select(entry => entry.ToJsonString()))
        );
    }

    [TestCase("claude", "registration", "--client-id ID")]
    [TestCase("claude", "registration", "'none'", "key-signed")]
    [TestCase(
        "codex",
        "registration",
        "http://127.0.0.1:49152/callback/doctor (changes with port and server)",
        "redirect-list"
    )]
    [TestCase("copilot-studio", "authorization request", "make it optional there", "strict")]
    public async Task Play_AClientThatFails_IsToldWhatToChange(
        string client,
        string check,
        string advice,
        string issuer = "no-registration"
    )
    {
        await using var sandbox = await StartAsync(issuer);
        var (_, checks) = await PlayAsync(sandbox, client);
        var fault = checks.Single(entry => entry["verdict"]!.ToString() == "fault");
        Assert.That(fault["check"]!.ToString(), Is.EqualTo(check));
        Assert.That(fault["advice"]!.ToString(), Does.Contain(advice));
    }

    // A person enters the prepared client; its redirect addresses decide.
    [TestCase("claude", 0)]
    [TestCase("mcp-remote", 0)]
    [TestCase("cursor", 0)]
    [TestCase("copilot-studio", 1)]
    public async Task Play_WithAnEnteredClientId_NeedsNoRegistration(string client, int expected)
    {
        await using var sandbox = await StartAsync("no-registration");
        var (code, checks) = await PlayAsync(sandbox, client, "--client-id", "sandbox-client");
        Assert.That(code, Is.EqualTo(expected), () => string.Join('\n', checks.Select(entry => entry.ToJsonString())));
    }

    [Test]
    public async Task Play_AClient_NeverAsksForAToken()
    {
        await using var issuer = new RecordingIssuer(LoopbackPorts.FreePair());
        await issuer.StartAsync();
        using var output = new StringWriter();
        await DoctorProgram.RunAsync(
            ["--as", "mcp-remote", "--issuer", issuer.Address],
            output,
            GeneratedCatalog.Create()
        );
        Assert.That(output.ToString(), Does.Contain("reaches the sign-in page"));
        Assert.That(
            issuer.Requests,
            Is.EqualTo(new[] { "GET /.well-known/oauth-authorization-server", "POST /register", "GET /authorize" })
        );
        // RFC 7636 §4.2: a challenge of 43 characters. RFC 8707 §2: the resource is the MCP address.
        Assert.That(issuer.Query["code_challenge"], Has.Length.EqualTo(43));
        Assert.That(issuer.Query["resource"], Is.EqualTo("http://localhost:3030/mcp"));
        Assert.That(issuer.Query["redirect_uri"], Is.EqualTo("http://localhost:49152/oauth/callback"));
    }

    [Test]
    public async Task Play_IssuerWithAPath_TriesTheAddressesInTheOrderOfTheClient()
    {
        await using var issuer = new RecordingIssuer(LoopbackPorts.FreePair());
        await issuer.StartAsync();
        using var output = new StringWriter();
        var code = await DoctorProgram.RunAsync(
            ["--as=gemini-cli", $"--issuer={issuer.Address}/tenant/one"],
            output,
            GeneratedCatalog.Create()
        );
        Assert.That(code, Is.EqualTo(1));
        // The last answers, but names another issuer (RFC 8414 §3.3).
        Assert.That(
            issuer.Requests,
            Is.EqualTo(
                new[]
                {
                    "GET /.well-known/oauth-authorization-server/tenant/one",
                    "GET /.well-known/openid-configuration/tenant/one",
                    "GET /tenant/one/.well-known/openid-configuration",
                    "GET /.well-known/oauth-authorization-server",
                }
            )
        );
        Assert.That(output.ToString(), Does.Contain("but the client looked for"));
    }

    [TestCase("issuer", "\"ISSUER/\"", "its issuer is")]
    [TestCase("code_challenge_methods_supported", "[\"plain\"]", "S256 is not in code_challenge_methods_supported")]
    [TestCase("authorization_endpoint", "\"/authorize\"", "authorization_endpoint is '/authorize'")]
    [TestCase("token_endpoint", "null", "token_endpoint is ''")]
    [TestCase("registration_endpoint", "\"file:///etc/passwd\"", "registration_endpoint is 'file:///etc/passwd'")]
    [TestCase(
        "token_endpoint_auth_methods_supported",
        "[\"client_secret_basic\"]",
        "would authenticate with 'none', which the issuer does not list"
    )]
    public async Task Play_MetadataThatStopsClients_NamesTheCause(string member, string value, string cause)
    {
        await using var issuer = new RecordingIssuer(LoopbackPorts.FreePair());
        await issuer.StartAsync();
        issuer.Metadata[member] = JsonNode.Parse(value.Replace("ISSUER", issuer.Address, StringComparison.Ordinal));
        using var output = new StringWriter();
        var code = await DoctorProgram.RunAsync(
            ["--as", "mcp-remote", "--issuer", issuer.Address],
            output,
            GeneratedCatalog.Create()
        );
        Assert.That(code, Is.EqualTo(1), output.ToString());
        Assert.That(output.ToString(), Does.Contain(cause));
    }

    [TestCase(
        "--as nobody --issuer http://localhost:1",
        "'--as' must be one of chatgpt, claude, claude-code, codex, copilot-studio, cursor, gemini-cli, mcp-remote, vscode, but is 'nobody'."
    )]
    [TestCase("--as", "'--as' needs a value after it.")]
    [TestCase("--client-id x", "'--client-id' goes with '--as CLIENT'.")]
    [TestCase("--as claude --issuer nonsense", "Auth:Issuer must be")]
    [TestCase(
        "--as claude --issuer http://localhost:1",
        "http://localhost:1/.well-known/oauth-authorization-server cannot be reached"
    )]
    public async Task CommandLine_Wrong_IsNamed(string line, string text)
    {
        using var output = new StringWriter();
        Assert.That(await DoctorProgram.RunAsync(line.Split(' '), output, GeneratedCatalog.Create()), Is.EqualTo(1));
        Assert.That(output.ToString(), Does.Contain(text));
    }

    private static Task<SandboxHost> StartAsync(string issuer) =>
        SandboxHost.StartAsync(LoopbackPorts.FreePair(), IssuerBehavior.Find(issuer));

    private static async Task<(int Code, List<JsonNode> Checks)> PlayAsync(
        SandboxHost sandbox,
        string client,
        params string[] more
    )
    {
        using var output = new StringWriter();
        var code = await DoctorProgram.RunAsync(
            ["--as", client, "--issuer", sandbox.Issuer.ToString().TrimEnd('/'), "--json", .. more],
            output,
            GeneratedCatalog.Create()
        );
        return (code, [.. JsonNode.Parse(output.ToString())!["checks"]!.AsArray().Select(check => check!)]);
    }
}
