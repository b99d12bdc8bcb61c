using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeonPanel.Mcp.Server.Doctor;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Doctor;

/// <summary><c>doctor --token</c> says which stricter settings a token would pass. The judge is the doctor itself with
/// that setting.</summary>
internal sealed class TokenCheckTests
{
    private const string PublicUrl = "https://mcp.example";
    private const string Recommends = "-> Set Auth:AudienceValidation=Required";
    private const string Rejects = "Auth:AudienceValidation=Required would reject it";

    private TestIssuer issuer = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        issuer = new TestIssuer(LoopbackPorts.FreePair(), PublicUrl + "/mcp");
        await issuer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await issuer.DisposeAsync();

    [TestCase("\"https://mcp.example/mcp\"", "WhenPresent", true)]
    [TestCase("[\"https://other.example\",\"https://mcp.example/\"]", "WhenPresent", true)]
    [TestCase("\"https://mcp.example/mcp\"", "IssuerOnly", true)]
    [TestCase("null", "WhenPresent", false)]
    [TestCase("\"ISSUER\"", "WhenPresent", false)]
    [TestCase("null", "IssuerOnly", false)]
    [TestCase("\"https://other.example\"", "IssuerOnly", false)]
    public async Task Token_OfAnyAudience_IsRecommendedRequiredExactlyWhereItPassesIt(
        string audience,
        string mode,
        bool isRecommended
    )
    {
        var token = Token("aud", audience.Replace("ISSUER", issuer.Address, StringComparison.Ordinal));
        var text = await RunAsync(token, ("Auth:AudienceValidation", mode));
        Assert.That(text, Does.Contain("it would be accepted"));
        Assert.That(text.Contains(Recommends, StringComparison.Ordinal), Is.EqualTo(isRecommended), text);
        Assert.That(text.Contains(Rejects, StringComparison.Ordinal), Is.EqualTo(!isRecommended), text);
        var strict = await RunAsync(token, ("Auth:AudienceValidation", "Required"));
        Assert.That(
            strict.Contains("it would be accepted", StringComparison.Ordinal),
            Is.EqualTo(isRecommended),
            strict
        );
    }

    [Test]
    public async Task Token_WithoutAudienceUnderIssuerOnly_IsToldThatTheDefaultSuffices() =>
        Assert.That(
            await RunAsync(Token("aud", "null"), ("Auth:AudienceValidation", "IssuerOnly")),
            Does.Contain("Remove Auth:AudienceValidation")
        );

    [Test]
    public async Task Token_ThatRequiredRejects_IsToldThatWhenPresentWouldAcceptIt() =>
        Assert.That(
            await RunAsync(Token("aud", "null"), ("Auth:AudienceValidation", "Required")),
            Does.Contain("Auth:AudienceValidation=WhenPresent would accept it.")
        );

    [Test]
    public async Task Token_OfAnotherResource_IsToldOfNoModeThatAcceptsIt()
    {
        var text = await RunAsync(Token("aud", "\"https://other.example\""), ("Auth:AudienceValidation", "Required"));
        Assert.That(text, Does.Contain("fault    token: aud").And.Not.Contain("would accept it"));
    }

    [Test]
    public async Task Token_UnderRequired_GetsNoAdviceOnTheAudience() =>
        Assert.That(
            await RunAsync(issuer.Token(), ("Auth:AudienceValidation", "Required")),
            Does.Contain("it would be accepted").And.Not.Contain("Auth:AudienceValidation=")
        );

    [TestCase("\"openid\"", "it would pass Auth:EnforceToolScopes=true as well", true)]
    [TestCase("\"dcr.create\"", "Auth:EnforceToolScopes=true would reject calls of tools that need openid", false)]
    [TestCase("null", "Auth:EnforceToolScopes=true would reject calls of tools that need openid", false)]
    public async Task Token_OfAnyScope_IsJudgedForEnforceToolScopes(string scope, string expected, bool passes)
    {
        var token = Token("scope", scope);
        Assert.That(await RunAsync(token), Does.Contain("it would be accepted").And.Contain(expected));
        var strict = await RunAsync(token, ("Auth:EnforceToolScopes", "true"));
        Assert.That(strict.Contains("it would be accepted", StringComparison.Ordinal), Is.EqualTo(passes), strict);
        Assert.That(strict, Does.Not.Contain(expected));
    }

    [TestCase("\"openid dcr.create\"", "it would pass Auth:RequiredScopes with any of: openid dcr.create")]
    [TestCase("null", "every value of Auth:RequiredScopes would reject it")]
    public async Task Token_WithoutRequiredScopes_IsToldWhichCouldBeRequired(string scope, string expected)
    {
        Assert.That(await RunAsync(Token("scope", scope)), Does.Contain(expected));
        Assert.That(
            await RunAsync(
                Token("scope", scope),
                ("Auth:RequiredScopes", "openid"),
                ("Auth:AdvertisedScopes", "openid")
            ),
            Does.Not.Contain("Auth:RequiredScopes with")
        );
    }

    private string Token(string claim, string value) =>
        issuer.Token(body =>
        {
            if (value == "null")
            {
                body.Remove(claim);
            }
            else
            {
                body[claim] = JsonNode.Parse(value);
            }
        });

    private async Task<string> RunAsync(string token, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Server:PublicUrl"] = PublicUrl,
            ["Auth:Issuer"] = issuer.Address,
            ["Upstream:BaseAddress"] = issuer.Address,
            ["Discovery:AuthorizationServerMetadata"] = issuer.GoodMetadata().ToJsonString(),
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        // One for each run, because the check of a token disposes it with the keys.
        using var http = new HttpClient();
        var report = await new DoctorVerb(GeneratedCatalog.Create(), http, TimeProvider.System).RunAsync(
            new ConfigurationBuilder().AddInMemoryCollection(all).Build(),
            isDevelopment: false,
            token
        );
        Assert.That(report.ToText(), Does.Not.Contain(token));
        return report.ToText();
    }
}
