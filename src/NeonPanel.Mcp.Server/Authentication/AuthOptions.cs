using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Which tokens are accepted, and what clients are told to ask for.</summary>
/// <param name="Audiences">Accepted <c>aud</c> values.</param>
/// <param name="RequiredScopes">Scopes that every call needs.</param>
/// <param name="AdvertisedScopes">Scopes that metadata and challenges tell clients to ask for.</param>
/// <param name="AnonymousDiscovery">Whether messages that only discover need no token.</param>
internal sealed record AuthOptions(
    string Issuer,
    string JwksUri,
    IReadOnlyList<string> Audiences,
    AudienceValidation AudienceValidation,
    IReadOnlyList<string> Algorithms,
    IReadOnlyList<string> RequiredScopes,
    IReadOnlyList<string> AdvertisedScopes,
    TimeSpan JwksCacheTime,
    TimeSpan TokenCacheTime,
    bool AnonymousDiscovery
)
{
    // RFC 7518 §3.1; anybody who knows the public key could make a token of the others.
    private static readonly string[] AsymmetricAlgorithms =
    [
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES384",
        "ES512",
    ];

    /// <summary>Gets the addresses of issuer and API. <c>WhenPresent</c> accepts them as <c>aud</c> too, because an
    /// issuer that does not know the MCP server names what it knows.</summary>
    public IReadOnlyList<string> OwnAddresses { get; init; } = [];

    /// <summary>Gets whether a call needs the tool's own scopes. If not, the API alone decides.</summary>
    public bool EnforceToolScopes { get; init; }

    /// <summary>Gets whether the operator chose other scopes than those of the specification.</summary>
    public bool HasOwnScopes { get; init; }

    /// <summary>Gets the scopes that the tool list tells a client to ask for. They never contradict the metadata:
    /// scopes that the operator chose replace those of the tool there as well.</summary>
    public IReadOnlyList<string> ScopesToAskFor(ToolDescriptor tool) => HasOwnScopes ? AdvertisedScopes : tool.Scopes;

    /// <summary>Gets the scopes that a call needs.</summary>
    public IReadOnlyList<string> NeededScopes(ToolDescriptor? tool) =>
        EnforceToolScopes && tool is not null ? [.. RequiredScopes.Union(tool.Scopes)] : RequiredScopes;

    /// <param name="api">The API's address, or <see langword="null"/> where its tokens are not those of this
    /// server.</param>
    public static AuthOptions Read(SettingsReader settings, ServerOptions server, Uri? api, ToolCatalog catalog)
    {
        // Exact, also in its trailing slash: 'iss' is compared character by character (RFC 9068 §4).
        var issuer = settings.Text("Auth:Issuer") ?? "https://my.neonpanel.com";
        var algorithms = settings.List("Auth:Algorithms", ["RS256"]);
        // Checked for its form only; a wrong issuer is one fault, not another one of the keys' address built from it.
        var keys = settings.Url("Auth:Issuer", issuer) is null ? null : issuer.TrimEnd('/') + "/.well-known/jwks.json";
        foreach (var algorithm in algorithms.Except(AsymmetricAlgorithms))
        {
            settings.Fault(
                "Auth:Algorithms",
                "may name asymmetric algorithms only (" + string.Join(", ", AsymmetricAlgorithms) + ")",
                algorithm
            );
        }

        // The scopes of an API that is another resource mean nothing to this server's issuer.
        var advertised = settings.List("Auth:AdvertisedScopes", catalog.IsOneResource ? catalog.Scopes : []);
        return new(
            issuer,
            settings.Url("Auth:JwksUri", keys) ?? "",
            settings.List(
                "Auth:Audiences",
                [
                    .. ServerOptions
                        .Suffixes(catalog)
                        .SelectMany(suffix => (string[])[server.PublicUrl + suffix, server.PublicUrl + suffix + "/"]),
                ]
            ),
            Enum.Parse<AudienceValidation>(
                settings.Choice(
                    "Auth:AudienceValidation",
                    nameof(AudienceValidation.WhenPresent),
                    Enum.GetNames<AudienceValidation>()
                )
            ),
            algorithms,
            settings.List("Auth:RequiredScopes", []),
            advertised,
            settings.Duration("Auth:JwksCacheTime", TimeSpan.FromHours(1)),
            settings.Duration("Auth:TokenCacheTime", TimeSpan.FromMinutes(2)),
            settings.Flag("Auth:AnonymousDiscovery", false)
        )
        {
            OwnAddresses = api is null ? [issuer] : [issuer, api.AbsoluteUri, api.GetLeftPart(UriPartial.Authority)],
            EnforceToolScopes = settings.Flag("Auth:EnforceToolScopes", false),
            HasOwnScopes = !advertised.ToHashSet().SetEquals(catalog.Scopes),
        };
    }
}
