using System.Text.Json;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Which access tokens the server accepts, and which scopes it tells clients to request.</summary>
/// <param name="Audiences">Accepted <c>aud</c> values.</param>
/// <param name="RequiredScopes">Scopes that every call needs.</param>
/// <param name="AdvertisedScopes">Scopes that metadata and challenges tell clients to request.</param>
/// <param name="AnonymousDiscovery">Whether discovery messages, such as <c>tools/list</c>, need no token.</param>
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
    // RFC 7518 §3.1. With a symmetric algorithm, anybody who knows the public key could sign a token.
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

    /// <summary>Gets the addresses of the issuer and the API. <see cref="AudienceValidation.WhenPresent"/> also accepts
    /// them as <c>aud</c>, because an issuer that does not know the MCP server names one of these addresses.</summary>
    public IReadOnlyList<string> OwnAddresses { get; init; } = [];

    /// <summary>Gets whether a call needs the tool's own scopes. If not, only the API checks them.</summary>
    public bool EnforceToolScopes { get; init; }

    /// <summary>Gets whether a setting or the overlay names an issuer.</summary>
    public bool HasIssuer { get; init; } = true;

    /// <summary>Gets whether the operator configured other scopes than those of the specification.</summary>
    public bool HasOwnScopes { get; init; }

    /// <summary>Returns the scopes that the tool list tells a client to request. They agree with the metadata: scopes
    /// that the operator configured replace the tool's scopes here as well.</summary>
    public IReadOnlyList<string> ScopesToAskFor(ToolDescriptor tool) => HasOwnScopes ? AdvertisedScopes : tool.Scopes;

    /// <summary>Returns the scopes that a call needs.</summary>
    public IReadOnlyList<string> NeededScopes(ToolDescriptor? tool) =>
        EnforceToolScopes && tool is not null ? [.. RequiredScopes.Union(tool.Scopes)] : RequiredScopes;

    /// <param name="api">The API's address, or <see langword="null"/> if the API needs other tokens than this
    /// server.</param>
    public static AuthOptions Read(SettingsReader settings, ServerOptions server, Uri? api, ToolCatalog catalog)
    {
        // Not normalized, not even a slash at the end: clients and servers compare 'iss' character by character (RFC
        // 9068 §4). Without an issuer, nobody issues tokens for this server.
        var set = settings.Text("Auth:Issuer") ?? DefaultIssuer(catalog);
        var issuer = set ?? OriginOf(server.PublicUrl);
        var algorithms = settings.List("Auth:Algorithms", ["RS256"]);
        // Only the form is checked here. A wrong issuer is reported once, not a second time for the address of its
        // keys.
        var keys = settings.Url("Auth:Issuer", issuer) is null ? null : issuer.TrimEnd('/') + "/.well-known/jwks.json";
        foreach (var algorithm in algorithms.Except(AsymmetricAlgorithms))
        {
            settings.Fault(
                "Auth:Algorithms",
                "may name asymmetric algorithms only (" + string.Join(", ", AsymmetricAlgorithms) + ")",
                algorithm
            );
        }

        // If the tools belong to several resources, the issuer of this server does not know their scopes.
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
            settings.Choice("Auth:AudienceValidation", AudienceValidation.WhenPresent),
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
            HasIssuer = set is not null,
            HasOwnScopes = !advertised.ToHashSet().SetEquals(catalog.Scopes),
        };
    }

    private static string OriginOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) : "";

    private static string? DefaultIssuer(ToolCatalog catalog)
    {
        if (catalog.AuthorizationServer is not { } metadata)
        {
            return null;
        }

        using var document = JsonDocument.Parse(metadata);
        return document.RootElement.TryGetProperty("issuer", out var issuer) ? issuer.GetString() : null;
    }
}
