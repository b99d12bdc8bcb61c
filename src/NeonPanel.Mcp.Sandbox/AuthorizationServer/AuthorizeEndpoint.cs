using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>The authorization endpoint (RFC 6749 §3.1): shows the consent page, and takes its form.</summary>
internal sealed class AuthorizeEndpoint(
    TokenIssuer issuer,
    ClientStore clients,
    ConcurrentDictionary<string, Grant> grants
)
{
    // 'form-action' is missing on purpose: Chromium applies it to the redirect that follows the form as well, and would
    // keep the code from clients at other addresses.
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(2);

    public async Task<IResult> AskAsync(HttpContext context)
    {
        var request = new AuthorizationRequest(context.Request.Query);
        var (client, refusal) = await CheckAsync(context, request);
        return refusal
            ?? Page(
                context,
                ConsentPage.Ask(client!.Name, new Uri(request.RedirectUri).Authority, request.Fields),
                StatusCodes.Status200OK
            );
    }

    public async Task<IResult> DecideAsync(HttpContext context)
    {
        if (!RequestGuard.IsOwnPage(context.Request))
        {
            return Page(
                context,
                ConsentPage.Refuse("The form came from another page."),
                StatusCodes.Status403Forbidden
            );
        }

        if (!context.Request.HasFormContentType)
        {
            return Page(context, ConsentPage.Refuse("The request holds no form."), StatusCodes.Status400BadRequest);
        }

        var request = new AuthorizationRequest(await context.Request.ReadFormAsync(context.RequestAborted));
        var (_, refusal) = await CheckAsync(context, request);
        if (refusal is not null)
        {
            return refusal;
        }

        // A headless client may submit the form without a button.
        return request.IsDenied
            ? Answer(request, new() { ["error"] = "access_denied" })
            : Answer(request, new() { ["code"] = CreateCode(request) });
    }

    private async Task<(OAuthClient? Client, IResult? Refusal)> CheckAsync(
        HttpContext context,
        AuthorizationRequest request
    )
    {
        var (client, fault) = await clients.FindAsync(request.ClientId, context.RequestAborted);
        fault ??= request.FaultOf(client!);
        if (fault is not null)
        {
            return (null, Page(context, ConsentPage.Refuse(fault), StatusCodes.Status400BadRequest));
        }

        return request.ErrorUnder(issuer.Behavior) is var (error, description)
            ? (null, Answer(request, new() { ["error"] = error, ["error_description"] = description }))
            : (client, null);
    }

    private string CreateCode(AuthorizationRequest request)
    {
        var behavior = issuer.Behavior;
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var scopes = behavior.GrantsRequestedScopes && request.Scopes.Count > 0 ? request.Scopes : behavior.Scopes;
        if (behavior.GrantsRequestedScopes && request.Scopes.Count == 0)
        {
            scopes = [behavior.Scopes[0]];
        }

        grants[code] = new(
            request.ClientId,
            request.RedirectUri,
            request.Challenge,
            request.Resources.Count > 0 ? request.Resources : issuer.Audiences,
            scopes,
            issuer.Time.GetUtcNow() + CodeLifetime
        );
        return code;
    }

    private IResult Answer(AuthorizationRequest request, Dictionary<string, string?> parameters)
    {
        if (request.State is { } state)
        {
            parameters["state"] = state;
        }

        if (issuer.Behavior.SendsIssuerParameter)
        {
            parameters["iss"] = issuer.Issuer;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(request.RedirectUri, parameters));
    }

    private static IResult Page(HttpContext context, Html html, int status)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        // For browsers that do not know frame-ancestors: a frame would let another page guide the person's click.
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return Results.Content(html.Markup, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
