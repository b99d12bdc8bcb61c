using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Builds the responses that make a client sign in, renew its token or request more scopes. The challenge is
/// in <c>WWW-Authenticate</c>, and also in a JSON-RPC error for clients that read only the body.</summary>
internal sealed class Challenges(ServerOptions server, AuthOptions auth)
{
    /// <summary>JSON-RPC error code of these responses. JSON-RPC 2.0 §5.1 leaves -32000 to -32099 to implementations;
    /// MCP 2026-07-28 uses the codes from -32020 on.</summary>
    private const int ErrorCode = -32010;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the challenge for a request without a token. It has no error code (RFC 6750 §3.1).</summary>
    public string SignIn(McpAddress address) => Of(address, null, null, auth.AdvertisedScopes);

    /// <summary>Returns the challenge for a token that this server or the API rejects.</summary>
    public string InvalidToken(McpAddress address, string description) =>
        Of(address, "invalid_token", description, auth.AdvertisedScopes);

    /// <summary>Returns the challenge for a valid token that lacks a scope.</summary>
    /// <param name="needed">All scopes that the call needs, not only the missing ones (RFC 6750 §3.1).</param>
    public string InsufficientScope(McpAddress address, string description, IEnumerable<string> needed) =>
        Of(address, "insufficient_scope", description, needed);

    /// <summary>Writes the status, the challenge and the JSON-RPC error.</summary>
    /// <param name="message">The request to answer. The error repeats its id.</param>
    /// <param name="sentence">The error's message.</param>
    public static async Task WriteAsync(
        HttpContext context,
        int status,
        string challenge,
        IncomingMessage message,
        string sentence
    )
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            writer.WriteRawValue(message.Id);
            writer.WriteStartObject("error");
            writer.WriteNumber("code", ErrorCode);
            writer.WriteString("message", sentence);
            writer.WriteStartObject("data");
            writer.WriteStartObject("_meta");
            writer.WriteStartArray("mcp/www_authenticate");
            writer.WriteStringValue(challenge);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        var response = context.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.WWWAuthenticate = challenge;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    // Uses configuration only, never the request's Host header (RFC 6750 §3, RFC 9728 §5.1).
    private string Of(McpAddress address, string? error, string? description, IEnumerable<string> scopes)
    {
        var text = new StringBuilder(
            $"Bearer resource_metadata=\"{server.PublicUrl}/.well-known/oauth-protected-resource{address.Suffix}\""
        );
        if (string.Join(' ', scopes) is { Length: > 0 } scope)
        {
            text.Append($", scope=\"{scope}\"");
        }

        if (error is not null)
        {
            text.Append($", error=\"{error}\", error_description=\"{description}\"");
        }

        return text.ToString();
    }
}
