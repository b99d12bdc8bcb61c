using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Signs access tokens with a key made at start.</summary>
internal sealed class TokenIssuer(string issuer, string resource) : IDisposable
{
    private readonly RSA rsa = RSA.Create(2048);
    private readonly string keyId = Guid.NewGuid().ToString("n");

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
            SigningCredentials = new(new RsaSecurityKey(rsa) { KeyId = keyId }, SecurityAlgorithms.RsaSha256),
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

    /// <summary>Whether the sandbox API accepts a token: ours, and not expired.</summary>
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
            IssuerSigningKey = new RsaSecurityKey(rsa) { KeyId = keyId },
        });
        return result.IsValid;
    }

    /// <summary>The public key as a JWK set (RFC 7517).</summary>
    public object Jwks()
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new { kty = "RSA", use = "sig", alg = "RS256", kid = keyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) },
            },
        };
    }

    public void Dispose() => rsa.Dispose();
}
