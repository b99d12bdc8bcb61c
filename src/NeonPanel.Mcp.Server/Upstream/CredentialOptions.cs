using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>How the server gets the credential of a call.</summary>
/// <param name="Scope">Scope to request with <c>ClientCredentials</c> and <c>TokenExchange</c>, or
/// <see langword="null"/>.</param>
/// <param name="Audience">Name of the API at the authorization server, or <see langword="null"/>.</param>
internal sealed record CredentialOptions(
    CredentialKind Kind,
    Uri? TokenEndpoint,
    string ClientId,
    string ClientSecret,
    string? Scope,
    string? Audience
)
{
    public const string Name = "Upstream:Credential";

    /// <summary>Gets the values of the security schemes for <c>Static</c>, by scheme name.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    public static CredentialOptions Read(SettingsReader settings, ToolCatalog catalog)
    {
        var kind = settings.Choice(Name, Default(settings, catalog));
        if (kind is not (CredentialKind.ClientCredentials or CredentialKind.TokenExchange))
        {
            return new(kind, null, "", "", null, null)
            {
                Keys =
                    kind == CredentialKind.Static
                        ? StaticKeys.Read(settings, catalog)
                        : new Dictionary<string, string>(),
            };
        }

        var endpoint = settings.Url("Upstream:TokenEndpoint", null);
        if (endpoint is null && settings.Text("Upstream:TokenEndpoint") is null)
        {
            settings.Fault("Upstream:TokenEndpoint", $"must be set with Upstream:Credential {kind}", null);
        }

        return new(
            kind,
            endpoint is null ? null : new(endpoint),
            Required("Upstream:ClientId"),
            Required("Upstream:ClientSecret"),
            settings.Text("Upstream:Scope"),
            settings.Text("Upstream:Audience")
        );

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

    // A token issued for this server must not be forwarded to an API that is another resource (MCP, Security Best
    // Practices, "Token Passthrough"). Forwarding is therefore the default only if both are one resource.
    private static CredentialKind Default(SettingsReader settings, ToolCatalog catalog)
    {
        if (catalog.IsOneResource)
        {
            return CredentialKind.Forward;
        }

        if (
            settings.Text(Name) is null
            && catalog.Tools.Any(tool => StaticCredential.Choose(tool.Security, []) is null)
        )
        {
            settings.Fault(
                Name,
                $"must say what {catalog.ApiName} is called with: Static (values of Upstream:Keys), TokenExchange, ClientCredentials, None, or Forward "
                    + "if it accepts the same tokens as this server",
                null
            );
        }

        return CredentialKind.None;
    }
}
