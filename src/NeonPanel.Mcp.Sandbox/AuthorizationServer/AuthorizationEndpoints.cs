using System.Collections.Concurrent;
using NeonPanel.Mcp.Server.Pages;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>A small authorization server: metadata (RFC 8414), registration (RFC 7591), code with PKCE S256 (RFC 7636),
/// refresh with rotation, client credentials, userinfo, JWKS, and keys that the person at the console can
/// rotate.</summary>
internal static class AuthorizationEndpoints
{
    /// <summary>Maps all addresses of the authorization server.</summary>
    /// <param name="ownerToken">The token that the console prints. It alone may change the keys; without one they never
    /// change.</param>
    public static void MapAuthorizationServer(this WebApplication app, TokenIssuer issuer, string? ownerToken = null)
    {
        var documents = new ClientDocuments();
        app.Lifetime.ApplicationStopped.Register(documents.Dispose);
        var clients = new ClientStore(issuer.Behavior, documents);
        var grants = new ConcurrentDictionary<string, Grant>();
        var authorize = new AuthorizeEndpoint(issuer, clients, grants);
        var token = new TokenEndpoint(issuer, new(issuer, clients, documents), grants);
        var metadata = AuthorizationMetadata.Write(issuer.Issuer, issuer.Behavior).ToJsonString();
        var openId = AuthorizationMetadata.WriteOpenId(issuer.Issuer, issuer.Behavior).ToJsonString();
        app.MapGet("/.well-known/oauth-authorization-server", () => Results.Text(metadata, "application/json"));
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(openId, "application/json"));
        app.MapGet("/.well-known/jwks.json", () => Results.Json(issuer.Jwks()));
        app.MapMethods(
            "/oauth2/userinfo",
            [HttpMethods.Get, HttpMethods.Post],
            (Delegate)((HttpContext context) => UserInfoAsync(context, issuer))
        );
        app.MapPost("/sandbox/rotate-keys", (HttpContext context) =>
            Change(context, issuer, ownerToken, issuer.Rotate)
        );
        app.MapPost("/sandbox/withdraw-earlier-keys", (HttpContext context) =>
            Change(context, issuer, ownerToken, issuer.WithdrawEarlierKeys)
        );
        app.MapAsset(PageAssets.Style);
        if (issuer.Behavior.RegistersClients)
        {
            app.MapPost(
                "/oauth2/register",
                (Delegate)((HttpContext context) => ClientRegistration.RegisterAsync(context, issuer, clients))
            );
        }

        // As delegates, because a lambda of HttpContext alone would be a RequestDelegate, which drops the result.
        app.MapGet("/oauth2/authorize", (Delegate)authorize.AskAsync);
        app.MapPost("/oauth2/authorize", (Delegate)authorize.DecideAsync);
        app.MapPost("/oauth2/token", (Delegate)token.ExchangeAsync);
    }

    private static IResult Change(HttpContext context, TokenIssuer issuer, string? ownerToken, Action change)
    {
        if (
            ownerToken is null
            || !ClientAuthentication.IsSame("Bearer " + ownerToken, context.Request.Headers.Authorization.ToString())
        )
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.Json(
                new
                {
                    message = "Only the token that the sandbox printed changes the keys: send it as 'Authorization: Bearer …'.",
                },
                statusCode: StatusCodes.Status401Unauthorized
            );
        }

        change();
        return Results.Json(issuer.Jwks());
    }

    // OpenID Connect Core 1.0 §5.3. ChatGPT needs the verified address where a workspace restricts its domains.
    private static async Task<IResult> UserInfoAsync(HttpContext context, TokenIssuer issuer)
    {
        if (await issuer.ReadAsync(context.Request.Headers.Authorization) is not { } token)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        return Results.Json(
            new
            {
                sub = token.Subject,
                name = "Sandbox User",
                email = "sandbox-user@example.com",
                email_verified = true,
            }
        );
    }
}
