using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Authentication;

/// <summary>The tokens that the server accepts (rules B1, B3; RFC 8725), sent to the real server over a
/// socket.</summary>
internal sealed class TokenTests
{
    private static readonly RSA Stranger = RSA.Create(2048);

    private static readonly (string Name, Func<TestIssuer, string> Token)[] Bad =
    [
        ("garbage", _ => "garbage"),
        ("two parts", issuer => issuer.Token()[..issuer.Token().LastIndexOf('.')]),
        ("alg none", issuer =>
            string.Join('.', issuer.Token(header: head => head["alg"] = "none").Split('.')[..2]) + "."
        ),
        ("alg none with a signature", issuer => issuer.Token(header: head => head["alg"] = "none")),
        ("alg HS256 with the public key as secret", issuer => issuer.TokenSignedWithThePublicKeyAsSecret()),
        ("alg unknown", issuer => issuer.Token(header: head => head["alg"] = "XS256")),
        ("alg not in the list", issuer => issuer.Token(header: head => head["alg"] = "RS512")),
        ("alg missing", issuer => issuer.Token(header: head => head.Remove("alg"))),
        ("kid unknown", issuer => issuer.Token(header: head => head["kid"] = "other")),
        ("kid with a path", issuer => issuer.Token(header: head => head["kid"] = "../../../dev/null")),
        ("kid with SQL", issuer => issuer.Token(header: head => head["kid"] = "x' UNION SELECT 'key")),
        ("key of a stranger", issuer => issuer.Token(key: Stranger)),
        ("key of a stranger embedded", issuer =>
            issuer.Token(header: head => head["jwk"] = TestIssuer.Jwk("first", Stranger), key: Stranger)
        ),
        ("iss with a slash more", issuer => issuer.Token(body => body["iss"] = issuer.Address + "/")),
        ("iss in another case", issuer => issuer.Token(body => body["iss"] = issuer.Address.ToUpperInvariant())),
        ("iss missing", issuer => issuer.Token(body => body.Remove("iss"))),
        ("aud of another", issuer => issuer.Token(body => body["aud"] = "https://other.example")),
        ("aud list of others", issuer => issuer.Token(body => body["aud"] = new JsonArray("a", "b"))),
        ("exp missing", issuer => issuer.Token(body => body.Remove("exp"))),
        ("exp past", issuer => issuer.Token(body => body["exp"] = TestIssuer.Now - 120)),
        ("exp as text", issuer => issuer.Token(body => body["exp"] = "never")),
        ("nbf ahead", issuer => issuer.Token(body => body["nbf"] = TestIssuer.Now + 300)),
        ("sub missing", issuer => issuer.Token(body => body.Remove("sub"))),
        ("sub empty", issuer => issuer.Token(body => body["sub"] = "")),
        ("crit", issuer => issuer.Token(header: head =>
            {
                head["crit"] = new JsonArray("exp");
            })),
        ("typ of an id token", issuer => issuer.Token(header: head => head["typ"] = "id_token+jwt")),
        ("typ of a logout token", issuer => issuer.Token(header: head => head["typ"] = "logout+jwt")),
        ("nested", issuer => issuer.Token(header: head =>
            {
                head["cty"] = "JWT";
                head["typ"] = "nested";
            })),
        ("five parts", _ => "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AAAA.AAAA.AAAA.AAAA"),
        ("payload that is no JSON", issuer =>
            issuer.Token().Split('.')[0] + ".bm90IGpzb24." + issuer.Token().Split('.')[2]
        ),
        ("payload changed", issuer =>
            issuer.Token().Split('.')[0]
            + "."
            + issuer.Token(body => body["sub"] = "admin").Split('.')[1]
            + "."
            + issuer.Token().Split('.')[2]
        ),
    ];

    private ProtectedServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => server = await ProtectedServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        Stranger.Dispose();
    }

    [TestCaseSource(nameof(BadNames))]
    public async Task Post_BadToken_Is401WithAChallenge(string name)
    {
        using var response = await server.ListAsync(Bad.Single(row => row.Name == name).Token(server.Issuer));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var challenge = response.Headers.WwwAuthenticate.Single().ToString();
        Assert.That(
            challenge,
            Does.Contain($"resource_metadata=\"{server.Address}/.well-known/oauth-protected-resource/mcp\"")
                .And.Contain("error=\"invalid_token\"")
        );
        Assert.That(response.Headers.CacheControl!.NoStore);
    }

    [Test]
    public async Task Post_GoodToken_IsLetIn() =>
        Assert.That(await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(HttpStatusCode.OK));

    [TestCase("JWT")]
    [TestCase("AT+JWT", Description = "media types have no case (RFC 9068 §2.1)")]
    [TestCase("application/at+jwt")]
    [TestCase(null)]
    public async Task Post_AcceptedTyp_IsLetIn(string? typ) =>
        Assert.That(
            await server.StatusAsync(
                server.Issuer.Token(header: head =>
                {
                    head.Remove("typ");
                    if (typ is not null)
                    {
                        head["typ"] = typ;
                    }
                })
            ),
            Is.EqualTo(HttpStatusCode.OK)
        );

    [Test]
    public async Task Post_AudienceInAList_IsLetIn() =>
        Assert.That(
            await server.StatusAsync(
                server.Issuer.Token(body =>
                    body["aud"] = new JsonArray("https://other.example", server.Issuer.Audience)
                )
            ),
            Is.EqualTo(HttpStatusCode.OK)
        );

    [Test]
    public async Task Post_WithoutKidWhereThereIsOneKey_IsLetIn() =>
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(header: head => head.Remove("kid"))),
            Is.EqualTo(HttpStatusCode.OK)
        );

    // With one key a token needs no kid; its signature decides.
    [TestCase(true, HttpStatusCode.OK)]
    [TestCase(false, HttpStatusCode.Unauthorized)]
    public async Task Post_KidThatIsNull_IsLikeNone(bool isSigned, HttpStatusCode expected) =>
        Assert.That(
            await server.StatusAsync(
                server.Issuer.Token(header: head => head["kid"] = null, key: isSigned ? null : Stranger)
            ),
            Is.EqualTo(expected)
        );

    [Test]
    public async Task Post_ExpiryBeyondAllTime_IsNoFaultOfTheServer() =>
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(body => body["exp"] = long.MaxValue)),
            Is.EqualTo(HttpStatusCode.OK)
        );

    // Clocks differ; rule B3 allows 60 s.
    [TestCase(-30, HttpStatusCode.OK)]
    [TestCase(-90, HttpStatusCode.Unauthorized)]
    public async Task Post_ExpiredToken_HasALeewayOfAMinute(int seconds, HttpStatusCode expected) =>
        Assert.That(
            await server.StatusAsync(server.Issuer.Token(body => body["exp"] = TestIssuer.Now + seconds)),
            Is.EqualTo(expected)
        );

    // Auth:TokenCacheTime is two minutes.
    [Test]
    public async Task Post_TokenThatExpiresWhileItIsCached_IsRejected()
    {
        await using var own = await ProtectedServer.StartAsync();
        var token = own.Issuer.Token(body => body["exp"] = TestIssuer.Now + 30);
        Assert.That(await own.StatusAsync(token), Is.EqualTo(HttpStatusCode.OK));
        own.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.That(await own.StatusAsync(token), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    // B3: 'jku' of a token is never fetched.
    [TestCase("jku")]
    [TestCase("x5u")]
    public async Task Post_HeaderThatPointsToKeys_IsNotFollowed(string member)
    {
        Assert.That(
            await server.StatusAsync(
                server.Issuer.Token(
                    header: head => head[member] = server.Issuer.Address + "/elsewhere.json",
                    key: Stranger
                )
            ),
            Is.EqualTo(HttpStatusCode.Unauthorized)
        );
        Assert.That(server.Issuer.ElsewhereFetches, Is.Zero);
    }

    [TestCase("Authorization: Basic dTpw\r\n", "401")]
    [TestCase("Authorization: Bearer TOKEN\r\nAuthorization: Bearer TOKEN\r\n", "401")]
    [TestCase("Authorization: Bearer TOKEN, Bearer TOKEN\r\n", "401")]
    [TestCase("Authorization: TOKEN\r\n", "401")]
    [TestCase("Authorization: Bearer \r\n", "401")]
    [TestCase("authorization: bearer TOKEN\r\n", "200")]
    public async Task Post_AuthorizationHeader_IsOneBearerToken(string header, string status)
    {
        var answer = await server.SendRawAsync(
            "Host: "
                + new Uri(server.Address).Authority
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                + header.Replace("TOKEN", server.Issuer.Token(), StringComparison.Ordinal)
        );
        Assert.That(answer, Does.StartWith("HTTP/1.1 " + status));
    }

    [Test]
    public async Task Post_TokenInTheAddress_IsNoToken()
    {
        using var http = new HttpClient();
        using var content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies"}}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var response = await http.PostAsync(
            server.Address + "/mcp?access_token=" + server.Issuer.Token(),
            content
        );
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        // RFC 6750 §3.1: no error code where no credentials were sent.
        Assert.That(response.Headers.WwwAuthenticate.Single().ToString(), Does.Not.Contain("error"));
    }

    // Beyond 16 KiB no token is read, and beyond 32 KiB the web server refuses the headers (RFC 6585 §5).
    [TestCase(20, "401")]
    [TestCase(64, "431")]
    public async Task Post_HugeToken_IsRefused(int kibibytes, string status) =>
        Assert.That(
            await server.SendRawAsync(
                "Host: "
                    + new Uri(server.Address).Authority
                    + "\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                    + new string('a', kibibytes * 1024)
                    + "\r\n"
            ),
            Does.StartWith("HTTP/1.1 " + status)
        );

    private static IEnumerable<string> BadNames() => Bad.Select(row => row.Name);
}
