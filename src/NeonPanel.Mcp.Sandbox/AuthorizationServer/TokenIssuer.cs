using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Signs access tokens with its newest key: one made at start, or at the last rotation.</summary>
/// <param name="issuer">The <c>iss</c> of its tokens.</param>
/// <param name="resource">The address of the MCP server.</param>
internal sealed class TokenIssuer(
    string issuer,
    string resource,
    IssuerBehavior? behavior = null,
    TimeProvider? time = null
) : IDisposable
{
    // Tells a renewed token to the API of an issuer that rejects the others.
    private const string RenewedClaim = "sandbox_renewed";

    // Published keys, the newest last. Replaced whole, so that a reader sees one set.
    private volatile RsaSecurityKey[] keys = [CreateKey()];

    public string Issuer => issuer;

    public IssuerBehavior Behavior { get; } = behavior ?? IssuerBehavior.Default;

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>Gets the address of the MCP server.</summary>
    public string Resource => resource;

    /// <summary>Gets the audiences of a token that was requested for no resource in particular.</summary>
    public IReadOnlyList<string> Audiences => [resource, resource + "/", resource + "/mcp"];

    /// <summary>Signs an access token (RFC 9068 §2).</summary>
    /// <param name="scopes">Granted scopes; <see langword="null"/> for all that the issuer supports.</param>
    /// <param name="isRenewed">Whether the client got it for a refresh token.</param>
    public string Create(
        string subject,
        string clientId,
        IEnumerable<string> audiences,
        IEnumerable<string>? scopes = null,
        bool isRenewed = false
    )
    {
        var now = Time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer,
            ["sub"] = subject,
            ["client_id"] = clientId,
            ["scope"] = string.Join(' ', scopes ?? Behavior.Scopes),
            ["jti"] = Guid.NewGuid().ToString("n"),
        };
        if (Behavior.HasAudience)
        {
            claims["aud"] = audiences.ToArray();
        }

        if (isRenewed)
        {
            claims[RenewedClaim] = true;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "at+jwt",
                SigningCredentials = new(keys[^1], SecurityAlgorithms.RsaSha256),
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Behavior.TokenLifetime,
                Claims = claims,
            }
        );
    }

    /// <summary>Signs with a new key from now on. The earlier keys stay published, so their tokens stay
    /// valid.</summary>
    public void Rotate() => keys = [.. keys, CreateKey()];

    /// <summary>Publishes the newest key alone. Tokens of earlier keys become invalid.</summary>
    public void WithdrawEarlierKeys() => keys = [keys[^1]];

    /// <summary>Reads the token of an <c>Authorization</c> header.</summary>
    /// <returns>The token if this issuer signed it with a published key and it has not expired; else
    /// <see langword="null"/>.</returns>
    public async Task<JsonWebToken?> ReadAsync(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            authorization[scheme.Length..],
            new TokenValidationParameters
            {
                ValidIssuer = issuer,
                ValidateAudience = false,
                IssuerSigningKeys = keys,
                LifetimeValidator = (_, expires, _, _) => expires > Time.GetUtcNow().UtcDateTime,
            }
        );
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    /// <summary>Whether the sandbox API accepts the token of an <c>Authorization</c> header.</summary>
    public async Task<bool> IsAcceptedByApiAsync(string? authorization) =>
        await ReadAsync(authorization) is { } token
        && Behavior.RejectedByApi switch
        {
            RejectedTokens.None => true,
            RejectedTokens.NotRefreshed => token.TryGetClaim(RenewedClaim, out _),
            _ => false,
        };

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
