using Microsoft.IdentityModel.JsonWebTokens;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Checks the <c>aud</c> claim (RFC 7519 §4.1.3) of a token that passed all other checks.</summary>
internal sealed class AudienceRule(AuthOptions options)
{
    private readonly HashSet<string> accepted =
        options.AudienceValidation == AudienceValidation.WhenPresent
            ? [.. options.Audiences.Concat(options.OwnAddresses).Select(WithoutSlash)]
            : [.. options.Audiences.Select(WithoutSlash)];

    /// <returns>The reason for rejecting the token, or <see langword="null"/> if the token passes.</returns>
    public TokenRefusal? Check(JsonWebToken token)
    {
        var audiences = token.Audiences.ToList();
        if (
            options.AudienceValidation == AudienceValidation.IssuerOnly
            || audiences.Exists(audience => accepted.Contains(WithoutSlash(audience)))
        )
        {
            return null;
        }

        if (
            options.AudienceValidation == AudienceValidation.WhenPresent
            && audiences.TrueForAll(audience => IsClient(token, audience))
        )
        {
            return null;
        }

        return new(
            AuthFailure.Audience,
            options.AudienceValidation == AudienceValidation.Required
                ? $"aud {ClaimText.Of(audiences)}; Auth:AudienceValidation is Required, so it must be one of Auth:Audiences"
                : $"aud {ClaimText.Of(audiences)}; a present aud must be one of Auth:Audiences, the issuer or the API (Auth:AudienceValidation)"
        );
    }

    // Some issuers put the client id into 'aud' when the client requested no resource. Such an 'aud' does not name a
    // resource.
    private static bool IsClient(JsonWebToken token, string audience) =>
        Is(token, "client_id", audience) || Is(token, "azp", audience);

    private static bool Is(JsonWebToken token, string claim, string value) =>
        token.TryGetPayloadValue<string>(claim, out var found) && string.Equals(found, value, StringComparison.Ordinal);

    // An address with and without a slash at its end names the same server. Issuers add or remove that slash.
    private static string WithoutSlash(string audience) => audience.EndsWith('/') ? audience[..^1] : audience;
}
