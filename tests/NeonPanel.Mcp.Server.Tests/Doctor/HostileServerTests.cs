using System.Text;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Server.Doctor;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Doctor;

/// <summary>An issuer that wants to mislead the person at the terminal, or to end the doctor: every text stays visible
/// and on its line, and every answer becomes a line of the report.</summary>
internal sealed class HostileServerTests
{
    // Clears the screen, forges a verdict, turns the direction of the text, rings, and hides text.
    private const string Hostile =
        "\u001b[2J\u001b]0;title\u0007\r\nok       forged: line\nfault    forged: line\u202Egnirts\u2066\u200B\u009b31m";

    private RecordingIssuer issuer = null!;

    [SetUp]
    public async Task StartAsync()
    {
        issuer = new(LoopbackPorts.FreePair());
        await issuer.StartAsync();
    }

    [TearDown]
    public async Task StopAsync() => await issuer.DisposeAsync();

    [TestCase("issuer")]
    [TestCase("authorization_endpoint")]
    [TestCase("registration_endpoint")]
    [TestCase("scopes_supported")]
    [TestCase("jwks_uri")]
    public async Task Metadata_WithHostileText_StaysVisible(string member)
    {
        issuer.Metadata[member] =
            member == "scopes_supported" ? new System.Text.Json.Nodes.JsonArray(Hostile) : Hostile;
        AssertVisible(await ActAsync("codex"));
        AssertVisible(await ExamineAsync());
    }

    [Test]
    public async Task Metadata_WithHostileNames_StaysVisible()
    {
        issuer.Metadata[Hostile] = Hostile;
        AssertVisible(await ExamineAsync());
    }

    // The address of a metadata member is only checked as it is asked for.
    [Test]
    public async Task Address_WhoseHostIsNoName_IsAReason()
    {
        using var http = new HttpClient();
        Assert.That(
            (await new IssuerRequests(http).GetAsync(new("https://xn--a\u0300.com/"))).Reason,
            Does.StartWith("cannot be reached: ")
        );
    }

    [Test]
    public async Task RegistrationError_WithHostileText_StaysVisible()
    {
        issuer.Registration = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(
                new System.Text.Json.Nodes.JsonObject
                {
                    ["error"] = Hostile,
                    ["error_description"] = Hostile,
                }.ToJsonString()
            );
        };
        var text = await ActAsync("mcp-remote");
        AssertVisible(text);
        Assert.That(text, Does.Contain("fault    registration:"));
    }

    [Test]
    public async Task RegisteredClient_WithHostileId_StaysVisible()
    {
        issuer.Registration = context =>
            context.Response.WriteAsync(
                new System.Text.Json.Nodes.JsonObject
                {
                    ["client_id"] = Hostile,
                    ["token_endpoint_auth_method"] = Hostile,
                }.ToJsonString()
            );
        AssertVisible(await ActAsync("mcp-remote"));
    }

    [Test]
    public async Task ErrorPage_WithHostileText_StaysVisibleAndShort()
    {
        issuer.Authorization = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("<h1>No</h1>" + Hostile + new string('x', 500_000));
        };
        var text = await ActAsync("mcp-remote");
        AssertVisible(text);
        Assert.That(text, Does.Contain("answers with status 403: No"));
        Assert.That(text, Has.Length.LessThan(5_000));
    }

    [TestCase("error=%1B%5B2J&error_description=%E2%80%AE%0Aok%20%20%20%20%20%20%20forged")]
    [TestCase("error=%ZZ&error=b&=&&error_description=%ff%fe")]
    [TestCase("")]
    public async Task ErrorRedirect_WithHostileText_StaysVisible(string query)
    {
        issuer.Authorization = context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = issuer.Query["redirect_uri"] + "?" + query;
            return Task.CompletedTask;
        };
        var text = await ActAsync("mcp-remote");
        AssertVisible(text);
        Assert.That(text, Does.Contain("fault    authorization request:"));
    }

    [TestCase("http://[", "leads to the sign-in page")]
    [TestCase("//\\evil", "leads to the sign-in page")]
    public async Task Redirect_ToWhatIsNoAddress_IsNoCrash(string location, string text)
    {
        issuer.Authorization = context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        };
        Assert.That(await ActAsync("mcp-remote"), Does.Contain(text));
    }

    [TestCase("{\"issuer\":\"a\",\"issuer\":\"b\"}", "application/json", "names a member twice")]
    [TestCase("{\"a\":{\"b\":1,\"b\":2}}", "application/json", "names a member twice")]
    [TestCase("{}", "application/json; charset=nonsense", "its issuer is ''")]
    [TestCase("{\"issuer\":\"\\ud800\"}", "application/json", "not valid Unicode")]
    [TestCase("{\"\\ud800\":1}", "application/json", "with")]
    [TestCase("\u00ff\u00fe", "application/json", "something else than JSON")]
    [TestCase("", "application/json", "something else than JSON")]
    [TestCase("null", "application/json", "something else than a JSON object")]
    [TestCase(
        "{\"issuer\":[1],\"scopes_supported\":{\"a\":1},\"code_challenge_methods_supported\":[null,{},[1]]}",
        "application/json",
        "its issuer is ''"
    )]
    [TestCase("DEEP", "application/json", "something else than JSON")]
    [TestCase("HUGE", "application/json", "cannot be reached")]
    public async Task Metadata_ThatIsBroken_IsAFaultAndNoCrash(string body, string type, string text)
    {
        body = body switch
        {
            "DEEP" => new string('[', 100_000),
            "HUGE" => "{\"a\":\"" + new string('x', 2_000_000) + "\"}",
            _ => body,
        };
        issuer.Discovery = context =>
        {
            context.Response.ContentType = type;
            return context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(body)).AsTask();
        };
        issuer.Registration = issuer.Discovery;
        var report = await ExamineAsync();
        Assert.That(report, Does.Match("(?m)^fault .*" + System.Text.RegularExpressions.Regex.Escape(text)));
        Assert.That(await ActAsync("codex"), Does.Match("(?m)^fault "));
    }

    [Test]
    public async Task Token_WithHostileClaims_StaysVisible()
    {
        await using var signer = new TestIssuer(LoopbackPorts.FreePair(), "https://mcp.example/mcp");
        await signer.StartAsync();
        var token = signer.Token(
            body => (body["iss"], body["aud"], body["scope"]) = (Hostile, Hostile, Hostile),
            head => head["typ"] = Hostile
        );
        AssertVisible(await ExamineAsync("--token", token));
    }

    [TestCase("{\"exp\":\"x\",\"aud\":{\"a\":1},\"iss\":[1]}")]
    [TestCase("{\"exp\":1e400,\"nbf\":-1e400}")]
    [TestCase("{\"iss\":\"a\",\"iss\":\"b\"}")]
    [TestCase("{\"iss\":\"\\ud800\"}")]
    [TestCase("[]")]
    public async Task Token_WithBrokenClaims_IsAFaultAndNoCrash(string claims)
    {
        var token = string.Join(
            '.',
            new[] { "{\"alg\":\"RS256\"}", claims, "x" }.Select(part =>
                Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(part)
            )
        );
        Assert.That(await ExamineAsync("--token", token), Does.Match("(?m)^fault    token: "));
    }

    [Test]
    public async Task OwnDocument_ThatNamesAMemberTwice_IsAFaultAndNoCrash()
    {
        var report = await ExamineAsync(
            "--Discovery:AuthorizationServerMetadata={\"issuer\":\"" + issuer.Address + "\",\"issuer\":\"b\"}"
        );
        Assert.That(
            report,
            Does.Contain("Discovery:AuthorizationServerMetadata answers with JSON that names a member twice")
        );
    }

    private async Task<string> ActAsync(string client) => await RunAsync("--as", client);

    private async Task<string> ExamineAsync(params string[] more) =>
        await RunAsync([
            "--Server:PublicUrl=https://mcp.example",
            "--Auth:JwksUri=" + issuer.Address + "/.well-known/oauth-authorization-server",
            "--Upstream:BaseAddress=" + issuer.Address,
            .. more,
        ]);

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        await DoctorProgram.RunAsync(["--issuer", issuer.Address, .. arguments], output, GeneratedCatalog.Create());
        return output.ToString();
    }

    private static void AssertVisible(string text)
    {
        Assert.That(text, Does.Not.Match(@"[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u202A-\u202E\u2066-\u2069]"));
        // Every line is one of ours, so that none is forged.
        Assert.That(
            text.Split('\n')
                .Where(line =>
                    line.StartsWith("ok       forged", StringComparison.Ordinal)
                    || line.StartsWith("fault    forged", StringComparison.Ordinal)
                ),
            Is.Empty
        );
    }
}
