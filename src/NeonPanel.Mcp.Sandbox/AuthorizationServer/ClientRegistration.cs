using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>The registration endpoint (RFC 7591).</summary>
internal static class ClientRegistration
{
    private const int MaxBytes = 64 * 1024;

    public static async Task<IResult> RegisterAsync(HttpContext context, TokenIssuer issuer, ClientStore clients)
    {
        if (context.Request.ContentLength is > MaxBytes)
        {
            return OAuthErrors.Write("invalid_client_metadata", $"The body must hold at most {MaxBytes} bytes.");
        }

        JsonObject? request;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            request = ClientMetadata.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (JsonException)
        {
            request = null;
        }

        return request is null
            ? OAuthErrors.Write(
                "invalid_client_metadata",
                "The body must be one JSON object, and name each member once."
            )
            : Register(request, issuer, clients);
    }

    private static IResult Register(JsonObject request, TokenIssuer issuer, ClientStore clients)
    {
        var redirects = ClientMetadata.List(request, "redirect_uris");
        // RFC 7591 §2: the default of grant_types.
        var grantTypes =
            request["grant_types"] is JsonArray ? ClientMetadata.List(request, "grant_types") : ["authorization_code"];
        if (grantTypes.Contains("authorization_code") && redirects.Count == 0)
        {
            return OAuthErrors.Write("invalid_redirect_uri", "redirect_uris must hold absolute URIs.");
        }

        if (
            redirects
                .Select(uri => RedirectRules.Fault(uri, issuer.Behavior.Redirects))
                .FirstOrDefault(fault => fault is not null) is
            { } wrong
        )
        {
            return OAuthErrors.Write("invalid_redirect_uri", wrong);
        }

        var (client, fault) = ClientMetadata.Read(
            request,
            Guid.NewGuid().ToString("n"),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)),
            issuer.Behavior
        );
        if (client is null)
        {
            return OAuthErrors.Write("invalid_client_metadata", fault!);
        }

        clients.Add(client);
        return Results.Json(
            Response(request, client, grantTypes, issuer.Time),
            statusCode: StatusCodes.Status201Created
        );
    }

    // RFC 7591 §3.2.1: the response repeats everything that was registered.
    private static JsonObject Response(
        JsonObject request,
        OAuthClient client,
        List<string> grantTypes,
        TimeProvider time
    )
    {
        var response = (JsonObject)request.DeepClone();
        response["client_id"] = client.Id;
        response["client_id_issued_at"] = time.GetUtcNow().ToUnixTimeSeconds();
        response["token_endpoint_auth_method"] = client.Authentication;
        response["grant_types"] = new JsonArray([.. grantTypes.Select(type => (JsonNode)type)]);
        response["response_types"] ??= new JsonArray("code");
        if (client.Secret is not null)
        {
            response["client_secret"] = client.Secret;
            response["client_secret_expires_at"] = 0;
        }

        return response;
    }
}
