using System.Text;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Stands before the MCP addresses: lets a valid token through, and without one only what a client may ask before
/// it has one.</summary>
internal sealed class AuthenticationGate(
    RequestDelegate next,
    AuthOptions options,
    ViewOptions views,
    ServerOptions server,
    McpAddresses addresses,
    ToolCatalog catalog,
    TokenValidator validator,
    RateLimits limits,
    ServerMetrics metrics,
    ILogger<AuthenticationGate> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (addresses.Find(context.Request.Path) is not { } address || !HttpMethods.Equals(context.Request.Method, address.Method))
        {
            await AnonymouslyAsync(context, next);
            return;
        }

        var suffix = address.Suffix;
        using var message = HttpMethods.IsPost(address.Method) ? await IncomingMessage.ReadAsync(context) : IncomingMessage.Unknown;
        if (message is null)
        {
            return;
        }

        context.Features.Set(message);
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            if (options.AnonymousDiscovery && (message.IsAnonymous || (views.IsOn && message.AsksForViews)) && !address.IsLegacySse)
            {
                await AnonymouslyAsync(context, next);
                return;
            }

            // Counted and not logged: it is how a client finds out that it has to sign in.
            metrics.AuthFailed("no_token");
            // RFC 6750 §3.1: no error code when no credentials were sent.
            await AnonymouslyAsync(context, refused => RefuseAsync(refused, suffix, StatusCodes.Status401Unauthorized, null, null, options.AdvertisedScopes));
            return;
        }

        const string scheme = "Bearer ";
        if (header is not [{ } value] || !value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            await RefuseTokenAsync(context, suffix, new("header", "exactly one Authorization header with a bearer token is expected"));
            return;
        }

        AccessToken? token;
        TokenRefusal? refusal;
        try
        {
            (token, refusal) = await validator.ValidateAsync(value[scheme.Length..].Trim(), context.RequestAborted);
        }
        catch (KeysUnavailableException)
        {
            Note(new("keys_unavailable", "the issuer's keys are not known (Auth:JwksUri)"));
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            return;
        }

        if (token is null)
        {
            await RefuseTokenAsync(context, suffix, refusal!);
            return;
        }

        var ofTool = message.ToolName is { } name && catalog.TryGet(name, out var tool) ? tool.Scopes : [];
        if (!options.RequiredScopes.All(token.Scopes.Contains) || !ofTool.All(token.Scopes.Contains))
        {
            var needed = options.RequiredScopes.Concat(ofTool).Distinct().ToList();
            Note(new("insufficient_scope", $"the token lacks one of the scopes {string.Join(' ', needed)}"));
            // RFC 6750 §3.1: all that the call needs, not only what is missing.
            await RefuseAsync(context, suffix, StatusCodes.Status403Forbidden, "insufficient_scope",
                "The token lacks a scope that this call needs.", needed);
            return;
        }

        context.Features.Set(token);
        if (address.IsLegacySse)
        {
            // A stream has caps of its own, and what is called on it lasts longer than the POST: both are limited there.
            await next(context);
            return;
        }

        using var place = limits.EnterUser(token.Subject);
        await (place.IsAcquired ? next(context) : RateLimits.RefuseAsync(context, place));
    }

    // Per address, since nothing else is known; health checks come from the platform and do not count.
    private Task AnonymouslyAsync(HttpContext context, RequestDelegate answer)
    {
        using var lease = EdgeMiddleware.IsHealth(context.Request.Path) ? null : limits.EnterAnonymous(context);
        return lease?.IsAcquired == false ? RateLimits.RefuseAsync(context, lease) : answer(context);
    }

    private void Note(TokenRefusal refusal)
    {
        metrics.AuthFailed(refusal.Code);
        Log.TokenRefused(logger, refusal.Code, refusal.Sentence);
    }

    private Task RefuseTokenAsync(HttpContext context, string suffix, TokenRefusal refusal)
    {
        Note(refusal);
        return AnonymouslyAsync(context, refused => RefuseAsync(refused, suffix, StatusCodes.Status401Unauthorized, "invalid_token",
            "The access token is not valid here; sign in again.", options.AdvertisedScopes));
    }

    private async Task RefuseAsync(
        HttpContext context, string suffix, int status, string? error, string? description, IEnumerable<string> scopes)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.WWWAuthenticate = Challenge(server, suffix, error, description, scopes);
        context.Response.ContentType = "application/json";
        var body = error is null ? "{\"error\":\"unauthorized\"}" : $$"""{"error":"{{error}}","error_description":"{{description}}"}""";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Builds the <c>WWW-Authenticate</c> value (RFC 6750 §3, RFC 9728 §5.1) from configuration alone.</summary>
    public static string Challenge(ServerOptions server, string suffix, string? error, string? description, IEnumerable<string> scopes)
    {
        var text = new StringBuilder($"Bearer resource_metadata=\"{server.PublicUrl}/.well-known/oauth-protected-resource{suffix}\"");
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
