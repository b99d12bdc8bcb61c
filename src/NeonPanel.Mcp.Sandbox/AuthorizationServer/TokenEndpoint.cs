using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>The token endpoint (RFC 6749 §3.2): codes with PKCE, refresh tokens with rotation, client
/// credentials.</summary>
internal sealed class TokenEndpoint(
    TokenIssuer issuer,
    ClientAuthentication authentication,
    ConcurrentDictionary<string, Grant> grants
)
{
    private const string User = "sandbox-user";

    public async Task<IResult> ExchangeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType)
        {
            return OAuthErrors.Write("invalid_request", "The body must be a form (application/x-www-form-urlencoded).");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (client, fault) = await authentication.AuthenticateAsync(context, form);
        if (client is null)
        {
            // RFC 6749 §5.2: the challenge names the scheme that the client used.
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"sandbox\"";
            return OAuthErrors.Write("invalid_client", fault!, StatusCodes.Status401Unauthorized);
        }

        return form["grant_type"].ToString() switch
        {
            "authorization_code" => Code(client, form),
            "refresh_token" => Refresh(client, form),
            "client_credentials" when client.Authentication != "none" => Credentials(client, form),
            _ => OAuthErrors.Write(
                "unsupported_grant_type",
                "authorization_code, refresh_token, or client_credentials of a client that authenticates."
            ),
        };
    }

    private IResult Code(OAuthClient client, IFormCollection form)
    {
        var verifier = Encoding.ASCII.GetBytes(form["code_verifier"].ToString());
        // Removed first, because a code works once.
        if (
            !grants.TryRemove(form["code"].ToString(), out var grant)
            || grant.Challenge is null
            || grant.ClientId != client.Id
            || grant.RedirectUri != form["redirect_uri"]
            || grant.Expires < issuer.Time.GetUtcNow()
            || !ClientAuthentication.IsSame(grant.Challenge, Base64UrlEncoder.Encode(SHA256.HashData(verifier)))
        )
        {
            return OAuthErrors.Write("invalid_grant", "The code is not valid, or the verifier does not fit it.");
        }

        var resources = Resource.Of(form["resource"]);
        if (issuer.Behavior.RequiresResource && (resources.Count == 0 || resources.Except(grant.Audiences).Any()))
        {
            return OAuthErrors.Write(
                "invalid_target",
                "The parameter resource must name the resource of the authorization request (RFC 8707)."
            );
        }

        return Tokens(User, client, grant, isRenewed: false);
    }

    private IResult Refresh(OAuthClient client, IFormCollection form)
    {
        if (
            !grants.TryRemove(form["refresh_token"].ToString(), out var grant)
            || grant.Challenge is not null
            || grant.ClientId != client.Id
        )
        {
            return OAuthErrors.Write("invalid_grant", "The refresh token is not valid.");
        }

        return issuer.Behavior.RequiresResource && Resource.Of(form["resource"]).Except(grant.Audiences).Any()
            ? OAuthErrors.Write(
                "invalid_target",
                "The parameter resource must name the resource of the authorization request (RFC 8707)."
            )
            : Tokens(User, client, grant, isRenewed: true);
    }

    private IResult Credentials(OAuthClient client, IFormCollection form)
    {
        var resources = Resource.Of(form["resource"]);
        if (issuer.Behavior.RequiresResource && resources.Count == 0)
        {
            return OAuthErrors.Write("invalid_target", "The parameter resource is required (RFC 8707).");
        }

        return Results.Json(
            Response(
                issuer.Create(
                    client.Id,
                    client.Id,
                    resources.Count > 0 ? resources : issuer.Audiences,
                    issuer.Behavior.Scopes
                ),
                issuer.Behavior.Scopes
            )
        );
    }

    private IResult Tokens(string subject, OAuthClient client, Grant grant, bool isRenewed)
    {
        var response = Response(
            issuer.Create(subject, client.Id, grant.Audiences, grant.Scopes, isRenewed),
            grant.Scopes
        );
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        grants[token] = grant with { Challenge = null };
        response["refresh_token"] = token;
        return Results.Json(response);
    }

    private JsonObject Response(string accessToken, IReadOnlyList<string> scopes) =>
        new()
        {
            ["access_token"] = accessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)issuer.Behavior.TokenLifetime.TotalSeconds,
            ["scope"] = string.Join(' ', scopes),
        };
}
