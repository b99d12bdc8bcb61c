namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>How the sandbox's authorization server behaves. Each named behavior copies one kind of real issuer, so that
/// a client can be tried against it: <c>--issuer NAME</c>.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Summary">One sentence for the person who starts the sandbox.</param>
internal sealed record IssuerBehavior(string Name, string Summary)
{
    /// <summary>The issuer that the sandbox has without <c>--issuer</c>.</summary>
    public static IssuerBehavior Default { get; } =
        new("default", "registers clients, puts the resource into 'aud' and names itself in the response (RFC 9207)");

    /// <summary>All behaviors, in the order in which the help lists them.</summary>
    public static IReadOnlyList<IssuerBehavior> All { get; } =
    [
        Default,
        new("live-2025", "grants the scope 'dcr.create' alone, without 'aud' and without 'iss' in the response")
        {
            Scopes = ["dcr.create"],
            HasAudience = false,
            SendsIssuerParameter = false,
            ClientAuthentication = ["none", "private_key_jwt", "client_secret_post", "client_secret_basic"],
        },
        new(
            "strict",
            "requires 'resource' (RFC 8707), rejects unknown scopes, names itself (RFC 9207), issues at+jwt (RFC 9068)"
        )
        {
            Scopes = ["openid", "email", "profile"],
            GrantsRequestedScopes = true,
            RequiresResource = true,
        },
        new(
            "no-registration",
            $"registers no clients: enter '{PreparedClients.PublicId}', or '{PreparedClients.SecretId}' with the secret '{PreparedClients.Secret}'"
        )
        {
            RegistersClients = false,
        },
        new(
            "metadata-documents",
            "registers no clients: the client id is the address of the client's metadata document (CIMD)"
        )
        {
            RegistersClients = false,
            ReadsClientDocuments = true,
            ClientAuthentication = ["none", "private_key_jwt"],
        },
        new(
            "key-signed",
            "accepts clients that sign with a key of their own (private_key_jwt, RFC 7523), registered or by metadata document"
        )
        {
            ReadsClientDocuments = true,
            ClientAuthentication = ["private_key_jwt"],
        },
        new("redirect-list", "accepts the redirect addresses of its list only") { Redirects = RedirectRules.Listed },
        new("short-tokens", "issues access tokens that expire after 60 seconds")
        {
            TokenLifetime = TimeSpan.FromSeconds(60),
        },
        new("api-rejects", "has an API that rejects every access token that was not issued for a refresh token")
        {
            RejectedByApi = RejectedTokens.NotRefreshed,
        },
        new("api-rejects-all", "has an API that rejects every access token") { RejectedByApi = RejectedTokens.All },
    ];

    /// <summary>Gets the supported scopes. The first one is granted where the client requests none.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid"];

    /// <summary>Gets whether the client gets the scopes that it requests, and an unknown scope is rejected with
    /// <c>invalid_scope</c>. Otherwise every client gets <see cref="Scopes"/>.</summary>
    public bool GrantsRequestedScopes { get; init; }

    /// <summary>Gets whether access tokens have an <c>aud</c> claim.</summary>
    public bool HasAudience { get; init; } = true;

    /// <summary>Gets whether the authorization response has the parameter <c>iss</c> (RFC 9207).</summary>
    public bool SendsIssuerParameter { get; init; } = true;

    /// <summary>Gets whether authorization requests and code exchanges need the parameter <c>resource</c> (RFC
    /// 8707).</summary>
    public bool RequiresResource { get; init; }

    /// <summary>Gets whether clients register themselves (RFC 7591).</summary>
    public bool RegistersClients { get; init; } = true;

    /// <summary>Gets whether a client id may be the address of a metadata document.</summary>
    public bool ReadsClientDocuments { get; init; }

    /// <summary>Gets the values of <c>token_endpoint_auth_methods_supported</c>. A client with another method is
    /// rejected.</summary>
    public IReadOnlyList<string> ClientAuthentication { get; init; } =
    ["none", "client_secret_post", "client_secret_basic"];

    /// <summary>Gets the only redirect addresses that clients may have, or <see langword="null"/> for no such
    /// list.</summary>
    public IReadOnlyList<string>? Redirects { get; init; }

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets which tokens of this issuer the sandbox API answers with 401.</summary>
    public RejectedTokens RejectedByApi { get; init; }

    public static IssuerBehavior? Find(string name) => All.FirstOrDefault(behavior => behavior.Name == name);
}

/// <summary>Valid tokens that the API rejects nevertheless.</summary>
internal enum RejectedTokens
{
    None,

    /// <summary>Every token but those that a client got for a refresh token.</summary>
    NotRefreshed,
    All,
}
