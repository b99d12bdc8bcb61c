using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Whose tokens are accepted, and for whom they must be meant.</summary>
/// <param name="Audiences">Accepted <c>aud</c> values.</param>
/// <param name="IsAudienceRequired">Whether <c>aud</c> is checked; <c>IssuerOnly</c> turns that off.</param>
internal sealed record AuthOptions(
    string Issuer,
    string JwksUri,
    IReadOnlyList<string> Audiences,
    bool IsAudienceRequired,
    IReadOnlyList<string> Algorithms,
    IReadOnlyList<string> RequiredScopes,
    IReadOnlyList<string> AdvertisedScopes,
    TimeSpan JwksCacheTime,
    TimeSpan TokenCacheTime,
    bool AnonymousDiscovery)
{
    // RFC 7518 §3.1; anybody who knows the public key could make a token of the others.
    private static readonly string[] AsymmetricAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static AuthOptions Read(SettingsReader settings, ServerOptions server, ToolCatalog catalog)
    {
        // Exact, also in its trailing slash: 'iss' is compared character by character (RFC 9068 §4).
        var issuer = settings.Text("Auth:Issuer") ?? "https://my.neonpanel.com";
        var algorithms = settings.List("Auth:Algorithms", ["RS256"]);
        // Checked for its form only; a wrong issuer is one fault, not another one of the keys' address built from it.
        var keys = settings.Url("Auth:Issuer", issuer) is null ? null : issuer.TrimEnd('/') + "/.well-known/jwks.json";
        foreach (var algorithm in algorithms.Except(AsymmetricAlgorithms))
        {
            settings.Fault("Auth:Algorithms", "may name asymmetric algorithms only (" + string.Join(", ", AsymmetricAlgorithms) + ")", algorithm);
        }

        return new(
            issuer,
            settings.Url("Auth:JwksUri", keys) ?? "",
            settings.List("Auth:Audiences", [server.PublicUrl + "/", .. ServerOptions.Suffixes(catalog).Select(suffix => server.PublicUrl + suffix)]),
            settings.Choice("Auth:AudienceValidation", "Required", "Required", "IssuerOnly") == "Required",
            algorithms,
            settings.List("Auth:RequiredScopes", []),
            settings.List("Auth:AdvertisedScopes", catalog.Scopes),
            settings.Duration("Auth:JwksCacheTime", TimeSpan.FromHours(1)),
            settings.Duration("Auth:TokenCacheTime", TimeSpan.FromMinutes(2)),
            settings.Flag("Auth:AnonymousDiscovery", true));
    }
}
