using System.Text.Json;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>The static documents that a client reads before it has a token.</summary>
internal sealed record DiscoveryOptions(string AuthorizationServerMetadata, string? OpenAiAppsChallenge)
{
    /// <summary>The metadata that NeonPanel's own authorization server publishes.</summary>
    public const string DefaultMetadata = """
        {"issuer":"https://my.neonpanel.com","authorization_endpoint":"https://my.neonpanel.com/oauth2/authorize","registration_endpoint":"https://my.neonpanel.com/oauth2/register","token_endpoint":"https://my.neonpanel.com/oauth2/token","jwks_uri":"https://my.neonpanel.com/.well-known/jwks.json","scopes_supported":["dcr.create"],"response_types_supported":["code"],"grant_types_supported":["authorization_code","refresh_token","client_credentials"],"token_endpoint_auth_methods_supported":["none","private_key_jwt","client_secret_post","client_secret_basic"],"code_challenge_methods_supported":["S256"]}
        """;

    public static DiscoveryOptions Read(SettingsReader settings)
    {
        const string name = "Discovery:AuthorizationServerMetadata";
        var text = settings.Text(name) ?? DefaultMetadata;
        if (!text.StartsWith('{'))
        {
            if (!File.Exists(text))
            {
                settings.Fault(name, "must be JSON text or the path of a JSON file", text);
                text = DefaultMetadata;
            }
            else
            {
                text = File.ReadAllText(text);
            }
        }

        if (Issuer(text) is null)
        {
            settings.Fault(name, "must be a JSON object with an 'issuer'", text.Length > 40 ? text[..40] + "…" : text);
        }

        return new(text, settings.Text("Discovery:OpenAiAppsChallenge"));
    }

    /// <summary>Returns the <c>issuer</c> of a metadata document, or <see langword="null"/> if it has none.</summary>
    public static string? Issuer(string metadata)
    {
        try
        {
            using var document = JsonDocument.Parse(metadata);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("issuer", out var issuer)
                ? issuer.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
