using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Sandbox;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>An authorization server that does what a test wants: any key set, any token, signed by hand.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    // Finding a key of 2,048 bits takes as long as most tests, and nearly all of them start with this one.
    private static readonly RSAParameters FirstKey = NewKey();

    private readonly WebApplication app;
    private readonly List<(string Id, RSA Key)> published = [];

    public TestIssuer(int port, string audience)
    {
        Address = $"http://localhost:{port}";
        Audience = audience;
        Metadata = GoodMetadata().ToJsonString();
        published.Add(("first", RSA.Create(FirstKey)));
        Keys = context => context.Response.WriteAsync(KeySet().ToJsonString());
        app = SandboxHost.CreateBuilder(port, []).Build();
        app.MapGet(
            "/.well-known/jwks.json",
            (Delegate)(
                async (HttpContext context) =>
                {
                    Fetches++;
                    context.Response.ContentType = "application/json";
                    await Keys(context);
                    return Results.Empty;
                }
            )
        );
        app.MapGet("/.well-known/oauth-authorization-server", () => Results.Content(Metadata, "application/json"));
        app.Map(
            "/api/{**path}",
            (Delegate)(
                async (HttpContext context) =>
                {
                    await Api(context);
                    return Results.Empty;
                }
            )
        );
        app.MapPost(
            "/token",
            (Delegate)(
                async (HttpContext context) =>
                {
                    var form = await context.Request.ReadFormAsync();
                    lock (TokenRequests)
                    {
                        TokenRequests.Add(
                            (
                                context.Request.Headers.Authorization.ToString(),
                                form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())
                            )
                        );
                    }

                    await TokenAnswer(context);
                    return Results.Empty;
                }
            )
        );
        app.MapGet("/elsewhere.json", () =>
        {
            ElsewhereFetches++;
            return KeySet().ToJsonString();
        });
    }

    /// <summary>Gets the time of day as tokens write it (RFC 7519 §2, NumericDate).</summary>
    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public string Address { get; }

    public string Audience { get; }

    /// <summary>Gets or sets what the metadata's address answers.</summary>
    public string Metadata { get; set; }

    /// <summary>Metadata that no client has anything to say against.</summary>
    public JsonObject GoodMetadata() =>
        new()
        {
            ["issuer"] = Address,
            ["authorization_endpoint"] = Address + "/authorize",
            ["token_endpoint"] = Address + "/token",
            ["registration_endpoint"] = Address + "/register",
            ["jwks_uri"] = Address + "/.well-known/jwks.json",
            ["scopes_supported"] = new JsonArray("openid"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
        };

    /// <summary>Gets or sets what the key set's address answers.</summary>
    public Func<HttpContext, Task> Keys { get; set; }

    /// <summary>Gets or sets what the API answers, which stands at the same address.</summary>
    public Func<HttpContext, Task> Api { get; set; } =
        context => context.Response.WriteAsJsonAsync(new { data = Array.Empty<int>() });

    /// <summary>Gets what the token endpoint was asked.</summary>
    public List<(string Authorization, Dictionary<string, string> Form)> TokenRequests { get; } = [];

    /// <summary>Gets or sets what the token endpoint answers.</summary>
    public Func<HttpContext, Task> TokenAnswer { get; set; } =
        context => context.Response.WriteAsync("""{"access_token":"issued","token_type":"Bearer","expires_in":300}""");

    public int Fetches { get; private set; }

    public int ElsewhereFetches { get; private set; }

    public Task StartAsync() => app.StartAsync();

    /// <summary>Replaces the published keys by a new one.</summary>
    public void Rotate(string keyId, int bits = 2048, bool keepOld = false)
    {
        if (!keepOld)
        {
            published.Clear();
        }

        published.Add((keyId, RSA.Create(bits)));
    }

    public JsonObject KeySet() =>
        new() { ["keys"] = new JsonArray([.. published.Select(pair => (JsonNode)Jwk(pair.Id, pair.Key))]) };

    public static JsonObject Jwk(string keyId, RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["kid"] = keyId,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }

    /// <summary>A good token, changed as the test wants.</summary>
    public string Token(Action<JsonObject>? payload = null, Action<JsonObject>? header = null, RSA? key = null)
    {
        var now = Now;
        var head = new JsonObject
        {
            ["alg"] = "RS256",
            ["typ"] = "at+jwt",
            ["kid"] = published[^1].Id,
        };
        var body = new JsonObject
        {
            ["iss"] = Address,
            ["sub"] = "user",
            ["aud"] = Audience,
            ["iat"] = now,
            ["exp"] = now + 600,
            ["scope"] = "openid",
        };
        header?.Invoke(head);
        payload?.Invoke(body);
        var signed = Encode(head.ToJsonString()) + "." + Encode(body.ToJsonString());
        return signed
            + "."
            + Base64UrlEncoder.Encode(
                (key ?? published[^1].Key).SignData(
                    Encoding.ASCII.GetBytes(signed),
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                )
            );
    }

    /// <summary>The public key's text as an HMAC secret: the classic confusion of algorithms.</summary>
    public string TokenSignedWithThePublicKeyAsSecret()
    {
        var parts = Token(header: head => head["alg"] = "HS256").Split('.');
        var secret = Encoding.ASCII.GetBytes(published[^1].Key.ExportRSAPublicKeyPem());
        return $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(parts[0] + "." + parts[1])))}";
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static RSAParameters NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));
}
