using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>A second opinion on the token rules (rule B3): <see cref="JwtSecurityTokenHandler"/>, another
/// implementation than the one in the server, judges the same tokens by the same rules.</summary>
internal sealed class TokenJudgeTests
{
    private static readonly RSA Stranger = RSA.Create(2048);

    // In each dimension the good value, then the others.
    private static readonly Change[][] Dimensions =
    [
        [
            new("alg RS256"),
            Header("alg RS512", "alg", "RS512"),
            Header("alg none", "alg", "none"),
            Header("alg HS256", "alg", "HS256"),
            Header("no alg", "alg", null),
        ],
        [
            new("typ at+jwt"),
            Header("typ JWT", "typ", "JWT"),
            Header("typ id_token+jwt", "typ", "id_token+jwt"),
            Header("no typ", "typ", null),
        ],
        [new("kid first"), Header("kid other", "kid", "other"), Header("no kid", "kid", null)],
        [
            new("iss right"),
            new("iss with a slash", Payload: (body, issuer) => body["iss"] = issuer.Address + "/"),
            new("iss in capitals", Payload: (body, issuer) => body["iss"] = issuer.Address.ToUpperInvariant()),
            new("no iss", Payload: (body, _) => body.Remove("iss")),
        ],
        [
            new("aud right"),
            Member("aud of another", "aud", "https://other.example"),
            new("no aud", Payload: (body, _) => body.Remove("aud")),
            new("aud in a list", Payload: (body, issuer) =>
                body["aud"] = new JsonArray("https://other.example", issuer.Audience)
            ),
            new("aud list of others", Payload: (body, _) => body["aud"] = new JsonArray("a", "b")),
        ],
        [
            new("exp ahead"),
            Time("exp 30 s ago", "exp", -30),
            Time("exp 90 s ago", "exp", -90),
            new("no exp", Payload: (body, _) => body.Remove("exp")),
            Member("exp as text", "exp", "never"),
        ],
        [
            new("no nbf"),
            Time("nbf 30 s ahead", "nbf", 30),
            Time("nbf 90 s ahead", "nbf", 90),
            Time("nbf 90 s ago", "nbf", -90),
        ],
        [
            new("signed"),
            new("signed by a stranger", Key: Stranger),
            new("signature changed", Text: Changed),
            new("signature missing", Text: text => text[..(text.LastIndexOf('.') + 1)]),
        ],
    ];

    private readonly JwtSecurityTokenHandler judge = new();
    private ProtectedServer server = null!;
    private RsaSecurityKey key = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await ProtectedServer.StartAsync(
            ("Limits:AnonymousRequestsPerMinute", "100000"),
            ("Limits:CallsPerMinutePerUser", "100000")
        );
        var published = new JsonWebKeySet(server.Issuer.KeySet().ToJsonString()).Keys.Single();
        key = new(
            new RSAParameters
            {
                Modulus = Base64UrlEncoder.DecodeBytes(published.N),
                Exponent = Base64UrlEncoder.DecodeBytes(published.E),
            }
        )
        {
            KeyId = published.Kid,
        };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        Stranger.Dispose();
    }

    // A token differs from a good one in two ways at most: a third adds no rule.
    [Test]
    public async Task Server_TokenWithUpToTwoChanges_IsJudgedAsTheOtherImplementationJudgesIt()
    {
        var verdicts = new List<bool>();
        using (Assert.EnterMultipleScope())
        {
            foreach (var changes in Pairs().Where(changes => !IsValidForNoMoment(changes)))
            {
                var token = Token(changes);
                var expected = Accepts(token, changes);
                Assert.That(
                    await server.StatusAsync(token),
                    Is.EqualTo(expected ? HttpStatusCode.OK : HttpStatusCode.Unauthorized),
                    string.Join(", ", changes.Select(change => change.Name))
                );
                verdicts.Add(expected);
            }
        }

        var accepted = verdicts.Count(isAccepted => isAccepted);
        var rejected = verdicts.Count - accepted;
        TestContext.Out.WriteLine($"Both accept {accepted} tokens and reject {rejected}.");
        Assert.That(
            (accepted > 20, rejected > 200),
            Is.EqualTo((true, true)),
            "neither judge says the same to everything"
        );
    }

    // The judge rejects a token whose nbf comes after its exp. RFC 7519 §4.1 does not, and with the leeway both hold.
    private static bool IsValidForNoMoment(Change[] changes) =>
        changes is [{ Name: "exp 30 s ago" }, { Name: "nbf 30 s ahead" }];

    private static IEnumerable<Change[]> Pairs()
    {
        for (var first = 0; first < Dimensions.Length; first++)
        {
            for (var second = first + 1; second < Dimensions.Length; second++)
            {
                foreach (var one in Dimensions[first])
                {
                    foreach (var other in Dimensions[second])
                    {
                        yield return [one, other];
                    }
                }
            }
        }
    }

    private string Token(Change[] changes)
    {
        var text = server.Issuer.Token(
            body => Apply(changes, change => change.Payload, body),
            header => Apply(changes, change => change.Header, header),
            changes.Select(change => change.Key).FirstOrDefault(other => other is not null)
        );
        return changes.Aggregate(text, (token, change) => change.Text?.Invoke(token) ?? token);
    }

    private void Apply(Change[] changes, Func<Change, Action<JsonObject, TestIssuer>?> part, JsonObject target)
    {
        foreach (var change in changes)
        {
            part(change)?.Invoke(target, server.Issuer);
        }
    }

    private bool Accepts(string token, Change[] changes)
    {
        var names = changes.Select(change => change.Name).ToList();
        try
        {
            judge.ValidateToken(
                token,
                new TokenValidationParameters
                {
                    ValidIssuer = server.Issuer.Address,
                    ValidAudience = server.Issuer.Audience,
                    ValidateAudience = !names.Contains("no aud"),
                    ValidAlgorithms = ["RS256"],
                    // A token without a type or a key id passes; the key is the only one then.
                    ValidTypes = names.Contains("no typ") ? null : ["JWT", "at+jwt", "application/at+jwt"],
                    TryAllIssuerSigningKeys = names.Contains("no kid"),
                    IssuerSigningKey = key,
                    ClockSkew = TimeSpan.FromSeconds(60),
                },
                out _
            );
            return true;
        }
        catch (Exception exception) when (exception is SecurityTokenException or ArgumentException)
        {
            return false;
        }
    }

    private static Change Header(string name, string member, string? value) =>
        new(name, Header: (header, _) => Set(header, member, value));

    private static Change Member(string name, string member, string value) =>
        new(name, Payload: (body, _) => Set(body, member, value));

    private static Change Time(string name, string member, int seconds) =>
        new(name, Payload: (body, _) => body[member] = TestIssuer.Now + seconds);

    private static void Set(JsonObject target, string member, string? value)
    {
        target.Remove(member);
        if (value is not null)
        {
            target[member] = value;
        }
    }

    // The first character, as the last one holds bits that no byte has.
    private static string Changed(string token)
    {
        var at = token.LastIndexOf('.') + 1;
        return token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
    }

    /// <summary>One way in which a token differs from a good one.</summary>
    private sealed record Change(
        string Name,
        Action<JsonObject, TestIssuer>? Payload = null,
        Action<JsonObject, TestIssuer>? Header = null,
        RSA? Key = null,
        Func<string, string>? Text = null
    );
}
