using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>The documents in which the sandbox's authorization server describes itself.</summary>
internal static class AuthorizationMetadata
{
    // RFC 7518 §3.1: the signatures of client assertions that are accepted.
    public static readonly string[] SigningAlgorithms = ["RS256", "PS256", "ES256"];

    /// <summary>Authorization server metadata (RFC 8414 §2).</summary>
    public static JsonObject Write(string issuer, IssuerBehavior behavior)
    {
        var document = new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = issuer + "/oauth2/authorize",
            ["token_endpoint"] = issuer + "/oauth2/token",
            ["jwks_uri"] = issuer + "/.well-known/jwks.json",
            ["scopes_supported"] = List(behavior.Scopes),
            ["response_types_supported"] = List(["code"]),
            ["grant_types_supported"] = List(["authorization_code", "refresh_token", "client_credentials"]),
            ["token_endpoint_auth_methods_supported"] = List(behavior.ClientAuthentication),
            ["code_challenge_methods_supported"] = List(["S256"]),
        };
        if (behavior.RegistersClients)
        {
            document["registration_endpoint"] = issuer + "/oauth2/register";
        }

        if (behavior.ReadsClientDocuments)
        {
            // draft-ietf-oauth-client-id-metadata-document §5.
            document["client_id_metadata_document_supported"] = true;
        }

        if (behavior.ClientAuthentication.Contains("private_key_jwt"))
        {
            document["token_endpoint_auth_signing_alg_values_supported"] = List(SigningAlgorithms);
        }

        if (behavior.SendsIssuerParameter)
        {
            // RFC 9207 §3.
            document["authorization_response_iss_parameter_supported"] = true;
        }

        return document;
    }

    /// <summary>The same with the members that OpenID Connect Discovery 1.0 §3 requires, and the userinfo
    /// endpoint.</summary>
    public static JsonObject WriteOpenId(string issuer, IssuerBehavior behavior)
    {
        var document = Write(issuer, behavior);
        document["userinfo_endpoint"] = issuer + "/oauth2/userinfo";
        document["subject_types_supported"] = List(["public"]);
        document["id_token_signing_alg_values_supported"] = List(["RS256"]);
        return document;
    }

    private static JsonArray List(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
