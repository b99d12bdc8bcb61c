using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Token text → <see cref="AccessToken"/>, or the reason it is refused (rule B3, RFC 8725).</summary>
internal sealed class TokenValidator(AuthOptions options, SigningKeys keys, TimeProvider time) : IDisposable
{
    private const int MaxTokenLength = 16 * 1024;
    private const int MaxCachedTokens = 10_000;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };
    private readonly MemoryCache validated = new(new MemoryCacheOptions { SizeLimit = MaxCachedTokens });

    /// <summary>Validates a token.</summary>
    /// <returns>The token, or why it is refused.</returns>
    /// <exception cref="KeysUnavailableException">The issuer's keys are not known.</exception>
    public async Task<(AccessToken? Token, TokenRefusal? Refusal)> ValidateAsync(string text, CancellationToken cancellationToken)
    {
        // By hash, and by generation of the keys: with new keys every token is validated anew.
        var key = (keys.Generation, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        if (keys.HasKeys && validated.TryGetValue(key, out (AccessToken Token, DateTimeOffset Until) known) && time.GetUtcNow() < known.Until)
        {
            return (known.Token, null);
        }

        if (text.Length > MaxTokenLength || !TryRead(text, out var token))
        {
            return (null, new("no_jwt", "the token is no JWT"));
        }

        if (RefusalOfHeader(token) is { } refusal)
        {
            return (null, refusal);
        }

        var signingKeys = await keys.FindAsync(token.Kid.Length > 0 ? token.Kid : null, cancellationToken);
        if (signingKeys.Keys.Count == 0)
        {
            return (null, new("unknown_key", "no key of the issuer fits the token's 'kid' (Auth:JwksUri)"));
        }

        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudiences = options.Audiences,
            ValidateAudience = options.IsAudienceRequired,
            ValidAlgorithms = options.Algorithms,
            // Chosen above. The handler itself would take the first of that id alone, and none for a token without one.
            IssuerSigningKeyResolver = (_, _, _, _) => signingKeys.Keys,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = Leeway,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
        });
        if (!result.IsValid)
        {
            return (null, Refusal(result.Exception, token));
        }

        if (string.IsNullOrEmpty(token.Subject))
        {
            return (null, new("no_subject", "the token has no 'sub'"));
        }

        var access = new AccessToken(text, token.Subject, Scopes(token), token.ValidTo);
        var until = time.GetUtcNow() + options.TokenCacheTime;
        until = until < access.ExpiresAt ? until : access.ExpiresAt;
        if (until > time.GetUtcNow())
        {
            // Under the generation of the keys that verified it, as the set may have changed since.
            validated.Set((signingKeys.Generation, key.Item2), (access, until), new MemoryCacheEntryOptions
            {
                Size = 1,
                AbsoluteExpirationRelativeToNow = options.TokenCacheTime,
            });
        }

        return (access, null);
    }

    public void Dispose() => validated.Dispose();

    private bool TryRead(string text, out JsonWebToken token)
    {
        token = null!;
        // Three parts: a JWE has five.
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
            return new("algorithm", $"alg '{token.Alg}' is none of {string.Join(", ", options.Algorithms)} (Auth:Algorithms)");
        }

        if (!string.IsNullOrEmpty(token.Typ) && !Types.Contains(token.Typ, StringComparer.OrdinalIgnoreCase))
        {
            return new("type", $"typ '{token.Typ}' is no access token");
        }

        // RFC 7515 §4.1.11: whoever does not understand a critical extension must refuse the token.
        return token.TryGetHeaderValue<object>("crit", out _) ? new("critical_extension", "the token has critical extensions") : null;
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is not null && now - Leeway < expires && (notBefore is null || notBefore <= now + Leeway);
    }

    private TokenRefusal Refusal(Exception exception, JsonWebToken token) => exception switch
    {
        SecurityTokenInvalidIssuerException => new("issuer", $"iss '{token.Issuer}' is not '{options.Issuer}' (Auth:Issuer)"),
        SecurityTokenInvalidAudienceException =>
            new("audience", $"aud '{string.Join(", ", token.Audiences)}' is none of {string.Join(", ", options.Audiences)} (Auth:Audiences)"),
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => new("expired", "the token is expired, not yet valid, or has no 'exp'"),
        _ => new("signature", "the signature does not verify"),
    };

    private static List<string> Scopes(JsonWebToken token) =>
        [.. token.Claims.Where(claim => claim.Type is "scope" or "scp")
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}

/// <summary>Why a token is refused.</summary>
/// <param name="Code">A word of a few, to count by.</param>
/// <param name="Sentence">For the operator: names the setting to look at, and holds no token.</param>
internal sealed record TokenRefusal(string Code, string Sentence);
