using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>How the credential of a call is come by.</summary>
/// <param name="Kind"><c>Forward</c>, <c>ClientCredentials</c> (RFC 6749 §4.4) or <c>TokenExchange</c> (RFC 8693).</param>
/// <param name="Scope">Asked for with the latter two, or <see langword="null"/>.</param>
/// <param name="Audience">The API's name at the authorization server, or <see langword="null"/>.</param>
internal sealed record CredentialOptions(string Kind, Uri? TokenEndpoint, string ClientId, string ClientSecret, string? Scope, string? Audience)
{
    public static CredentialOptions Read(SettingsReader settings)
    {
        var kind = settings.Choice("Upstream:Credential", "Forward", "Forward", "ClientCredentials", "TokenExchange");
        if (kind == "Forward")
        {
            return new(kind, null, "", "", null, null);
        }

        var endpoint = settings.Url("Upstream:TokenEndpoint", null);
        if (endpoint is null && settings.Text("Upstream:TokenEndpoint") is null)
        {
            settings.Fault("Upstream:TokenEndpoint", $"must be set with Upstream:Credential {kind}", null);
        }

        return new(kind, endpoint is null ? null : new(endpoint), Required("Upstream:ClientId"), Required("Upstream:ClientSecret"),
            settings.Text("Upstream:Scope"), settings.Text("Upstream:Audience"));

        string Required(string name)
        {
            if (settings.Text(name) is { } text)
            {
                return text;
            }

            settings.Fault(name, $"must be set with Upstream:Credential {kind}", null);
            return "";
        }
    }
}
