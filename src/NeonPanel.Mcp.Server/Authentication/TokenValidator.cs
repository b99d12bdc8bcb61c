using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Validates access tokens (rule B3, RFC 8725).</summary>
internal sealed class TokenValidator(AuthOptions options, SigningKeys keys, TimeProvider time) : IDisposable
{
    private const int MaxTokenLength = 16 * 1024;
    private const int MaxCachedTokens = 10_000;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    private readonly AudienceRule audiences = new(options);
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };
    private readonly MemoryCache validated = new(new MemoryCacheOptions { SizeLimit = MaxCachedTokens });

    /// <returns>The token, or the reason for rejecting it.</returns>
    /// <exception cref="KeysUnavailableException">The server does not have the issuer's keys.</exception>
    public async Task<TokenVerdict> ValidateAsync(string text, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (Cached(hash) is { } known)
        {
            return TokenVerdict.Accept(known);
        }

        if (text.Length > MaxTokenLength || !TryRead(text, out var token))
        {
            return TokenVerdict.Refuse(
                new(
                    AuthFailure.NoJwt,
                    "the token is not a signed JWT; the issuer (Auth:Issuer) must issue JWTs as access tokens"
                )
            );
        }

        if (RefusalOfHeader(token) is { } refusal)
        {
            return TokenVerdict.Refuse(refusal);
        }

        var signingKeys = await keys.FindAsync(string.IsNullOrEmpty(token.Kid) ? null : token.Kid, cancellationToken);
        if (signingKeys.Keys.Count == 0)
        {
            return TokenVerdict.Refuse(
                new(
                    AuthFailure.UnknownKey,
                    $"kid is {ClaimText.Of(token.Kid)}, which the issuer's key set does not have (Auth:JwksUri)"
                )
            );
        }

        var result = await handler.ValidateTokenAsync(token, Parameters(signingKeys.Keys));
        if (!result.IsValid)
        {
            return TokenVerdict.Refuse(Refusal(result.Exception, token));
        }

        if (string.IsNullOrEmpty(token.Subject))
        {
            return TokenVerdict.Refuse(
                new(AuthFailure.NoSubject, "sub is absent or empty; the issuer (Auth:Issuer) must name the user")
            );
        }

        if (audiences.Check(token) is { } other)
        {
            return TokenVerdict.Refuse(other);
        }

        var access = new AccessToken(text, token.Subject, Scopes(token), token.ValidTo);
        Cache(hash, signingKeys.Generation, access);
        return TokenVerdict.Accept(access);
    }

    public void Dispose() => validated.Dispose();

    // By hash, and by generation of the keys: with new keys every token is validated again.
    private AccessToken? Cached(string hash) =>
        keys.HasKeys
        && validated.TryGetValue((keys.Generation, hash), out (AccessToken Token, DateTimeOffset Until) known)
        && time.GetUtcNow() < known.Until
            ? known.Token
            : null;

    // Cached with the generation of the keys that verified the token, because the set may have changed since.
    private void Cache(string hash, int generation, AccessToken token)
    {
        var until = time.GetUtcNow() + options.TokenCacheTime;
        until = until < token.ExpiresAt ? until : token.ExpiresAt;
        if (until > time.GetUtcNow())
        {
            validated.Set(
                (generation, hash),
                (token, until),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = options.TokenCacheTime }
            );
        }
    }

    private TokenValidationParameters Parameters(IReadOnlyList<SecurityKey> signingKeys) =>
        new()
        {
            ValidIssuer = options.Issuer,
            ValidateAudience = false, // AudienceRule checks it afterwards.
            ValidAlgorithms = options.Algorithms,
            // The keys were selected before. The handler itself would use only the first key with the token's id,
            // and no key for a token without an id.
            IssuerSigningKeyResolver = (_, _, _, _) => signingKeys,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = Leeway,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
        };

    private bool TryRead(string text, out JsonWebToken token)
    {
        token = null!;
        // A JWS has three parts, a JWE has five.
        if (text.Count(character => character == '.') != 2 || !handler.CanReadToken(text))
        {
            return false;
        }

        try
        {
            token = new JsonWebToken(text);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException)
        {
            return false;
        }
    }

    private TokenRefusal? RefusalOfHeader(JsonWebToken token)
    {
        if (!options.Algorithms.Contains(token.Alg, StringComparer.Ordinal))
        {
            return new(AuthFailure.Algorithm, $"alg is {ClaimText.Of(token.Alg)}, which Auth:Algorithms does not list");
        }

        if (!string.IsNullOrEmpty(token.Typ) && !Types.Contains(token.Typ, StringComparer.OrdinalIgnoreCase))
        {
            return new(
                AuthFailure.Type,
                $"typ is {ClaimText.Of(token.Typ)}, which is not an access token's (at+jwt or JWT, from Auth:Issuer)"
            );
        }

        // RFC 7515 §4.1.11: a recipient that does not understand a critical extension must reject the token.
        return token.TryGetHeaderValue<object>("crit", out _)
            ? new(
                AuthFailure.CriticalExtension,
                "crit names extensions that this server does not know; the issuer (Auth:Issuer) must leave them out"
            )
            : null;
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is not null && now - Leeway < expires && (notBefore is null || notBefore <= now + Leeway);
    }

    private TokenRefusal Refusal(Exception exception, JsonWebToken token) =>
        exception switch
        {
            SecurityTokenInvalidIssuerException => new(
                AuthFailure.Issuer,
                $"iss is {ClaimText.Of(token.Issuer)}, but Auth:Issuer is '{options.Issuer}'"
            ),
            SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => new(
                AuthFailure.Expired,
                Lifetime(token)
            ),
            _ => new(
                AuthFailure.Signature,
                $"the signature does not fit the key of kid {ClaimText.Of(token.Kid)} (Auth:JwksUri)"
            ),
        };

    private string Lifetime(JsonWebToken token)
    {
        if (token.ValidTo == DateTime.MinValue)
        {
            return "exp is absent or not a number; the issuer (Auth:Issuer) must write it";
        }

        var now = time.GetUtcNow().UtcDateTime;
        return token.ValidTo < now
            ? $"exp passed {(now - token.ValidTo).TotalSeconds:0} s ago; the client must renew it, or this machine's clock is wrong (no setting)"
            : $"nbf is {(token.ValidFrom - now).TotalSeconds:0} s ahead; the clock of the issuer or of this machine is wrong (no setting)";
    }

    private static List<string> Scopes(JsonWebToken token) =>
        [
            .. token
                .Claims.Where(claim => claim.Type is "scope" or "scp")
                .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Distinct(),
        ];
}
