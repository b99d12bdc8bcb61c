using Microsoft.IdentityModel.JsonWebTokens;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Checks the <c>aud</c> claim (RFC 7519 §4.1.3) of a token that is valid otherwise.</summary>
internal sealed class AudienceRule(AuthOptions options)
{
    private readonly HashSet<string> accepted =
        options.AudienceValidation == AudienceValidation.WhenPresent
            ? [.. options.Audiences.Concat(options.OwnAddresses).Select(WithoutSlash)]
            : [.. options.Audiences.Select(WithoutSlash)];

    /// <returns>Why the token is rejected, or <see langword="null"/>.</returns>
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
            "audience",
            options.AudienceValidation == AudienceValidation.Required
                ? $"aud {ClaimText.Of(audiences)}; Auth:AudienceValidation is Required, so it must be one of Auth:Audiences"
                : $"aud {ClaimText.Of(audiences)}; a present aud must be one of Auth:Audiences, the issuer or the API (Auth:AudienceValidation)"
        );
    }

    // Some issuers write the client into 'aud' where no resource was asked for. That says nothing about the resource.
    private static bool IsClient(JsonWebToken token, string audience) =>
        Is(token, "client_id", audience) || Is(token, "azp", audience);

    private static bool Is(JsonWebToken token, string claim, string value) =>
        token.TryGetPayloadValue<string>(claim, out var found) && string.Equals(found, value, StringComparison.Ordinal);

    // Both forms of an address name the same server, and issuers shorten or lengthen what a client asked for.
    private static string WithoutSlash(string audience) => audience.EndsWith('/') ? audience[..^1] : audience;
}
