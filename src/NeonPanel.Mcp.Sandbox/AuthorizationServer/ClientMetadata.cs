using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Reads what a client says of itself (RFC 7591 §2), in a registration or in a metadata document.</summary>
internal static class ClientMetadata
{
    /// <summary>Parses a JSON object.</summary>
    /// <returns>The object, or <see langword="null"/> for another kind of value.</returns>
    /// <exception cref="JsonException">The bytes are not JSON, or a member stands twice.</exception>
    public static JsonObject? Parse(ReadOnlySpan<byte> utf8) =>
        JsonNode.Parse(utf8, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject;

    /// <summary>Returns a member that is text, or <see langword="null"/>.</summary>
    public static string? Text(JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Returns the texts of a member that is a list.</summary>
    public static List<string> List(JsonObject document, string name) =>
        [.. (document[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())];

    /// <summary>Reads a client.</summary>
    /// <param name="clientId">The id that the client has, or gets.</param>
    /// <param name="secret">A secret for a registered client, or <see langword="null"/> for a metadata document, which
    /// can hold none.</param>
    /// <returns>The client, or what is wrong with it.</returns>
    public static (OAuthClient? Client, string? Fault) Read(
        JsonObject document,
        string clientId,
        string? secret,
        IssuerBehavior behavior
    )
    {
        var method = Method(document, behavior);
        if (!behavior.ClientAuthentication.Contains(method))
        {
            return (
                null,
                $"token_endpoint_auth_method must be one of {string.Join(", ", behavior.ClientAuthentication)}, but is '{method}'."
            );
        }

        var needsSecret = method.StartsWith("client_secret_", StringComparison.Ordinal);
        if (secret is null && (needsSecret || document.ContainsKey("client_secret")))
        {
            return (
                null,
                "A metadata document is public and can hold no secret: token_endpoint_auth_method must be none or private_key_jwt."
            );
        }

        var keys = document["jwks"]?.ToJsonString();
        var keysAddress = Text(document, "jwks_uri");
        if (method == "private_key_jwt" && KeyFault(keys, keysAddress) is { } fault)
        {
            return (null, fault);
        }

        return (
            new(clientId, Text(document, "client_name") ?? "A client", List(document, "redirect_uris"), method)
            {
                Secret = needsSecret ? secret : null,
                Jwks = keys,
                JwksUri = keysAddress,
            },
            null
        );
    }

    // A client may list further methods beside the preferred one, as ChatGPT does (OpenID Connect Relying Party
    // Metadata Choices 1.0).
    private static string Method(JsonObject document, IssuerBehavior behavior)
    {
        var preferred = document["token_endpoint_auth_method"]?.ToString();
        if (preferred is not null && behavior.ClientAuthentication.Contains(preferred))
        {
            return preferred;
        }

        return List(document, "token_endpoint_auth_methods_supported")
            .FirstOrDefault(behavior.ClientAuthentication.Contains)
            ?? preferred
            ?? behavior.ClientAuthentication[0];
    }

    // RFC 7591 §2: jwks and jwks_uri exclude each other.
    private static string? KeyFault(string? keys, string? address)
    {
        if (keys is null == address is null)
        {
            return "private_key_jwt needs either jwks or jwks_uri.";
        }

        return address is not null && ClientDocuments.AddressFault(address) is { } wrong ? $"jwks_uri {wrong}." : null;
    }
}
