using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Signs tokens, and serves the keys; both sides of a rotation as long as tokens of the older key are
/// about.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly WebApplication app;
    private readonly string address;
    private readonly string audience;
    private int count = 1;
    private int fetches;
    private volatile Key[] keys = [new("key-1")];

    private Issuer(string address, string audience)
    {
        (this.address, this.audience) = (address, audience);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        app = builder.Build();
        app.MapGet("/.well-known/jwks.json", () =>
        {
            Interlocked.Increment(ref fetches);
            return IsDown
                ? Results.StatusCode(500)
                : Results.Text(
                    $$"""{"keys":[{{string.Join(',', keys.Select(key => key.Json))}}]}""",
                    "application/json"
                );
        });
    }

    /// <summary>Gets or sets whether the address of the keys answers 500.</summary>
    public volatile bool IsDown;

    /// <summary>Gets how often the keys were asked for.</summary>
    public int Fetches => fetches;

    public static async Task<Issuer> StartAsync(int port, string audience)
    {
        var issuer = new Issuer(Address(port), audience);
        await issuer.app.StartAsync();
        return issuer;
    }

    public static string Address(int port) => $"http://127.0.0.1:{port}";

    /// <summary>Signs with a new key from now on; the one before the present one is withdrawn.</summary>
    public void Rotate()
    {
        count++;
        keys = [new("key-" + count.ToString(CultureInfo.InvariantCulture)), keys[0]];
    }

    public string Token(string subject, string client = "benchmark") =>
        Sign(keys[0], subject, audience, Lifetime, client);

    /// <summary>Tokens that must be refused, one of each kind after the other.</summary>
    public string BadToken(long number) =>
        (number % 5) switch
        {
            0 => Sign(keys[0], "bad", audience, -Lifetime),
            1 => Sign(keys[0], "bad", "https://elsewhere.example", Lifetime),
            2 => Token("bad")[..^20] + "AAAAAAAAAAAAAAAAAAAA",
            3 => "neither.token.nor",
            _ => "x",
        };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private string Sign(Key key, string subject, string audience, TimeSpan lifetime, string client = "benchmark")
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = address,
                Audience = audience,
                NotBefore = now - Lifetime - Lifetime,
                Expires = now + lifetime,
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = subject,
                    ["scope"] = "openid",
                    ["client_id"] = client,
                    ["jti"] = Guid.NewGuid().ToString("n"),
                },
                SigningCredentials = key.Credentials,
            }
        );
    }

    private sealed class Key(string id)
    {
        private readonly RSA rsa = RSA.Create(2048);

        public SigningCredentials Credentials =>
            field ??= new(new RsaSecurityKey(rsa) { KeyId = id }, SecurityAlgorithms.RsaSha256);

        public string Json
        {
            get
            {
                var key = rsa.ExportParameters(includePrivateParameters: false);
                return $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}""";
            }
        }
    }
}
