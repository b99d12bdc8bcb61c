using Microsoft.Extensions.Primitives;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>An authorization request (RFC 6749 §4.1.1), from the query of a GET or the form of a POST.</summary>
internal sealed class AuthorizationRequest(IEnumerable<KeyValuePair<string, StringValues>> fields)
{
    private readonly Dictionary<string, StringValues> values = new(fields, StringComparer.Ordinal);

    public string ClientId => Text("client_id");

    public string RedirectUri => Text("redirect_uri");

    public string Challenge => Text("code_challenge");

    /// <summary>Gets the client's state, or <see langword="null"/> if the request has none.</summary>
    public string? State => values.TryGetValue("state", out var state) ? state.ToString() : null;

    /// <summary>Gets the resources that the token is for (RFC 8707 §2). The parameter may be repeated.</summary>
    public IReadOnlyList<string> Resources => Resource.Of(values.GetValueOrDefault("resource"));

    public IReadOnlyList<string> Scopes => Text("scope").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsDenied => Text("decision") == "deny";

    /// <summary>Gets every field as the consent form repeats it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields =>
        values.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")));

    /// <summary>Names a fault of client or redirect address. The person sees it, and nothing is redirected (RFC 6749
    /// §4.1.2.1).</summary>
    public string? FaultOf(OAuthClient client)
    {
        if (!client.IsRedirect(RedirectUri))
        {
            return "The redirect_uri is not registered.";
        }

        if (Text("response_type") != "code")
        {
            return "Only response_type=code is served.";
        }

        // RFC 7636 §4.2: the hash has 32 bytes, so the challenge 43 characters.
        return Text("code_challenge_method") != "S256" || Challenge.Length != 43 ? "PKCE with S256 is needed." : null;
    }

    /// <summary>Names a fault that the client learns in the redirect.</summary>
    /// <returns>The error code and its description, or <see langword="null"/>.</returns>
    public (string Error, string Description)? ErrorUnder(IssuerBehavior behavior)
    {
        if (behavior.RequiresResource && Resources.Count == 0)
        {
            return ("invalid_target", "The parameter resource is required (RFC 8707).");
        }

        if (Resources.FirstOrDefault(resource => !Resource.IsValid(resource)) is { } wrong)
        {
            return ("invalid_target", $"The resource '{wrong}' must be an absolute URI without a fragment.");
        }

        var unknown = behavior.GrantsRequestedScopes ? Scopes.Except(behavior.Scopes).ToList() : [];
        return unknown.Count > 0
            ? (
                "invalid_scope",
                $"Unknown scopes: {string.Join(' ', unknown)}. The issuer supports {string.Join(' ', behavior.Scopes)}."
            )
            : null;
    }

    private string Text(string name) => values.GetValueOrDefault(name).ToString();
}

/// <summary>Resource indicators (RFC 8707 §2).</summary>
internal static class Resource
{
    public static IReadOnlyList<string> Of(StringValues values) =>
        [.. values.Where(value => !string.IsNullOrEmpty(value)).Select(value => value!)];

    public static bool IsValid(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out _) && !resource.Contains('#', StringComparison.Ordinal);
}
