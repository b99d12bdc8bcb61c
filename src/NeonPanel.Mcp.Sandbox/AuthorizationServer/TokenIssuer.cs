using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Signs access tokens with its newest key: one made at start, or at the last rotation.</summary>
internal sealed class TokenIssuer(string issuer, string resource) : IDisposable
{
    // Published keys, the newest last. Replaced whole, so that a reader sees one set.
    private volatile RsaSecurityKey[] keys = [CreateKey()];

    public string Issuer => issuer;

    /// <summary>Gets the address of the MCP server.</summary>
    public string Resource => resource;

    /// <summary>Gets the audiences of a token that was asked for no resource in particular.</summary>
    public IReadOnlyList<string> Audiences => [resource, resource + "/", resource + "/mcp"];

    public static TimeSpan Lifetime => TimeSpan.FromHours(1);

    public string Create(string subject, string clientId, IEnumerable<string> audiences)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            SigningCredentials = new(keys[^1], SecurityAlgorithms.RsaSha256),
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object>
            {
                ["iss"] = issuer,
                ["sub"] = subject,
                ["aud"] = audiences.ToArray(),
                ["client_id"] = clientId,
                ["scope"] = "openid",
                ["jti"] = Guid.NewGuid().ToString("n"),
            },
        });
    }

    /// <summary>Signs with a new key from now on. The earlier ones stay published, so their tokens stay good.</summary>
    public void Rotate() => keys = [.. keys, CreateKey()];

    /// <summary>Publishes the newest key alone: tokens of earlier ones are worth nothing.</summary>
    public void WithdrawEarlierKeys() => keys = [keys[^1]];

    /// <summary>Whether the sandbox API accepts a token: ours, of a published key, and not expired.</summary>
    public async Task<bool> IsValidAsync(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(authorization[scheme.Length..], new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidateAudience = false,
            IssuerSigningKeys = keys,
        });
        return result.IsValid;
    }

    /// <summary>The public keys as a JWK set (RFC 7517).</summary>
    public object Jwks() => new { keys = keys.Select(Jwk).ToArray() };

    public void Dispose()
    {
        foreach (var key in keys)
        {
            key.Rsa.Dispose();
        }
    }

    private static RsaSecurityKey CreateKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") };

    private static object Jwk(RsaSecurityKey key)
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = key.KeyId,
            n = Base64UrlEncoder.Encode(parameters.Modulus),
            e = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }
}
