using System.Net;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>Which audiences each mode of <c>Auth:AudienceValidation</c> accepts (rule B3).</summary>
[Category("Slow")]
internal sealed class AudienceTests
{
    private const string Api = "https://api.example/base";
    private const string Other = "https://other.example";

    // Payload of a token, and whether each mode accepts it: WhenPresent, Required, IssuerOnly.
    private static readonly (
        string Name,
        Action<TestIssuer, JsonObject> Payload,
        bool WhenPresent,
        bool Required
    )[] Rows =
    [
        ("absent", (_, body) => body.Remove("aud"), true, false),
        ("null", (_, body) => body["aud"] = null, true, false),
        ("empty list", (_, body) => body["aud"] = new JsonArray(), true, false),
        ("ours", (issuer, body) => body["aud"] = issuer.Audience, true, true),
        ("ours with a slash", (issuer, body) => body["aud"] = issuer.Audience + "/", true, true),
        ("ours beside another", (issuer, body) => body["aud"] = new JsonArray(Other, issuer.Audience), true, true),
        ("a profile's", (issuer, body) => body["aud"] = issuer.Audience + "/core", true, true),
        ("the issuer", (issuer, body) => body["aud"] = issuer.Address, true, false),
        ("the API", (_, body) => body["aud"] = Api, true, false),
        ("the API's origin", (_, body) => body["aud"] = "https://api.example/", true, false),
        ("another", (_, body) => body["aud"] = Other, false, false),
        ("ours in another case", (issuer, body) => body["aud"] = issuer.Audience.ToUpperInvariant(), false, false),
        ("below ours", (issuer, body) => body["aud"] = issuer.Audience + "/core/more", false, false),
        ("empty text", (_, body) => body["aud"] = "", false, false),
        ("the token's client", (_, body) => (body["aud"], body["client_id"]) = ("app", "app"), true, false),
        ("the token's authorized party", (_, body) => (body["aud"], body["azp"]) = ("app", "app"), true, false),
        ("another client", (_, body) => (body["aud"], body["client_id"]) = ("app", "other"), false, false),
        (
            "the client beside another",
            (_, body) => (body["aud"], body["client_id"]) = (new JsonArray("app", Other), "app"),
            false,
            false
        ),
        (
            "the client beside ours",
            (issuer, body) => (body["aud"], body["client_id"]) = (new JsonArray("app", issuer.Audience), "app"),
            true,
            true
        ),
    ];

    [TestCase(null)]
    [TestCase("Required")]
    [TestCase("IssuerOnly")]
    public async Task Post_EachAudience_PassesAsTheModeSays(string? mode)
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Auth:AudienceValidation", mode ?? ""),
            ("Upstream:BaseAddress", Api)
        );
        using (Assert.EnterMultipleScope())
        {
            foreach (var (name, payload, whenPresent, required) in Rows)
            {
                var passes = mode switch
                {
                    null => whenPresent,
                    "Required" => required,
                    _ => true,
                };
                var status = await server.StatusAsync(server.Issuer.Token(body => payload(server.Issuer, body)));
                Assert.That(status, Is.EqualTo(passes ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), name);
            }

            Assert.That(server.Log.Lines, Has.Some.Contains($"Auth:AudienceValidation is {mode ?? "WhenPresent"}"));
        }
    }

    // Neither is an audience in any mode.
    [TestCase("7")]
    [TestCase("{\"a\":\"b\"}")]
    public async Task Post_AudienceThatIsNoText_IsRejected(string audience)
    {
        await using var server = await ProtectedServer.StartAsync();
        var token = server.Issuer.Token(body => body["aud"] = JsonNode.Parse(audience));
        Assert.That(await server.StatusAsync(token), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Start_WithIssuerOnly_Warns()
    {
        await using var server = await ProtectedServer.StartAsync(("Auth:AudienceValidation", "IssuerOnly"));
        Assert.That(server.Log.Lines, Has.Some.StartsWith("Warning 1001 Auth:AudienceValidation is IssuerOnly"));
    }

    [Test]
    public async Task Start_ModeThatDoesNotExist_IsAFaultThatNamesTheThree()
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() =>
            ProtectedServer.StartAsync(("Auth:AudienceValidation", "Sometimes"))
        );
        Assert.That(
            fault!.Message,
            Is.EqualTo("Auth:AudienceValidation must be one of WhenPresent, Required, IssuerOnly, but is 'Sometimes'.")
        );
    }
}
