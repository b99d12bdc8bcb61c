using System.Threading.RateLimiting;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Checks each request to an MCP address. A request with a valid token passes. A request without a token
/// passes only if <c>Auth:AnonymousDiscovery</c> allows its message. All other requests get a challenge (rules B1, B7).
/// The rate limits apply before the server reads the body or logs anything.</summary>
internal sealed class AuthenticationGate(
    RequestDelegate next,
    AuthOptions options,
    McpAddresses addresses,
    ToolCatalog catalog,
    TokenValidator validator,
    Challenges challenges,
    RateLimits limits,
    MessageReader reader,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<AuthenticationGate> logger
)
{
    private const string Scheme = "Bearer ";
    private const string KeysUnavailable =
        """{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"The server does not have the keys of the sign-in service yet. Try again in 5 s."}}""";

    private static readonly TokenRefusal NoBearer = new(
        AuthFailure.Header,
        "the request does not have exactly one Authorization header with a bearer token"
    );

    private readonly RefusalLog refusals = new(logger, time);

    public async Task InvokeAsync(HttpContext context)
    {
        if (
            addresses.Find(context.Request.Path) is not { } address
            || !HttpMethods.Equals(context.Request.Method, address.Method)
        )
        {
            // The platform sends health checks; they do not count against a limit.
            await (
                ServerPaths.IsHealth(context.Request.Path)
                    ? next(context)
                    : AnonymouslyAsync(context, () => next(context))
            );
            return;
        }

        var header = context.Request.Headers.Authorization;
        if (header.Count == 0 || (string.IsNullOrWhiteSpace(header[0]) && header.All(string.IsNullOrWhiteSpace)))
        {
            await AnonymouslyAsync(context, () => WithoutTokenAsync(context, address));
            return;
        }

        try
        {
            var verdict =
                header is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                    ? await validator.ValidateAsync(value[Scheme.Length..].Trim(), context.RequestAborted)
                    : TokenVerdict.Refuse(NoBearer);
            await (
                verdict.IsAccepted
                    ? WithTokenAsync(context, address, verdict.Token)
                    : AnonymouslyAsync(context, () => RejectAsync(context, address, verdict.Refusal))
            );
        }
        catch (KeysUnavailableException)
        {
            await AnonymouslyAsync(context, () => WithoutKeysAsync(context));
        }
    }

    // The caller has no identity yet, so the limit of its address applies.
    private async Task AnonymouslyAsync(HttpContext context, Func<Task> answer)
    {
        using var lease = limits.EnterAnonymous(context);
        await (lease.IsAcquired ? answer() : RateLimits.RefuseAsync(context, lease));
    }

    private async Task WithoutTokenAsync(HttpContext context, McpAddress address)
    {
        using var message = await ReadShortAsync(context, address);
        if (message is null)
        {
            return;
        }

        if (options.AnonymousDiscovery && message.IsDiscovery && !address.IsLegacySse)
        {
            await next(context);
            return;
        }

        // Counted but not logged, because every client sends its first request without a token.
        metrics.AuthFailed(AuthFailure.NoToken);
        await Challenges.WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            challenges.SignIn(address),
            message,
            "This server needs an access token. Sign in as the challenge says."
        );
    }

    private async Task RejectAsync(HttpContext context, McpAddress address, TokenRefusal refusal)
    {
        Note(refusal);
        using var message = await ReadShortAsync(context, address);
        if (message is not null)
        {
            const string sentence = "The access token is not valid here; sign in again.";
            await Challenges.WriteAsync(
                context,
                StatusCodes.Status401Unauthorized,
                challenges.InvalidToken(address, sentence),
                message,
                sentence
            );
        }
    }

    private Task WithoutKeysAsync(HttpContext context)
    {
        Note(new(AuthFailure.KeysUnavailable, "the issuer's keys are not known (Auth:JwksUri)"));
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "5";
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(KeysUnavailable, context.RequestAborted);
    }

    private async Task WithTokenAsync(HttpContext context, McpAddress address, AccessToken token)
    {
        if (address.IsLegacySse)
        {
            await WithTokenOnOlderTransportAsync(context, address, token);
            return;
        }

        using var place = limits.EnterUser(token.Subject);
        if (!place.IsAcquired)
        {
            await WithoutPlaceAsync(context, address, token, place);
            return;
        }

        using var message = await ReadAsync(context, address, token);
        if (message is not null)
        {
            await PassAsync(context, address, token, message);
        }
    }

    // Calls that wait for a form may have all places of the user. The answer, and a cancellation, free one, so they
    // pass nevertheless. The server reads only short messages of sessions here, and only some each minute.
    private async Task WithoutPlaceAsync(
        HttpContext context,
        McpAddress address,
        AccessToken token,
        RateLimitLease place
    )
    {
        if (
            !RateLimits.IsOverPlaces(place)
            || !context.Request.Headers.ContainsKey("Mcp-Session-Id")
            || !limits.MayRefuseOnStream(token.Subject)
        )
        {
            await RateLimits.RefuseAsync(context, place);
            return;
        }

        using var message = await ReadShortAsync(context, address);
        if (message is { IsAnswer: true } or { IsCancellation: true })
        {
            await PassAsync(context, address, token, message);
        }
        else if (message is not null)
        {
            await RateLimits.RefuseAsync(context, place);
        }
    }

    // A message of the older transport keeps its place longer than its POST lasts, so the endpoint releases the place.
    // Over the limit, the server still reads a few messages, because it sends their refusal on the stream. It refuses
    // the other messages unread.
    private async Task WithTokenOnOlderTransportAsync(HttpContext context, McpAddress address, AccessToken token)
    {
        if (!HttpMethods.IsPost(address.Method))
        {
            // The endpoint counts the request that opens a stream.
            context.Features.Set(IncomingMessage.Unknown);
            await PassAsync(context, address, token, IncomingMessage.Unknown);
            return;
        }

        using var place = new MessagePlace(limits.EnterUser(token.Subject));
        if (!place.Lease.IsAcquired && !limits.MayRefuseOnStream(token.Subject))
        {
            await RateLimits.RefuseAsync(context, place.Lease);
            return;
        }

        using var message = await (
            place.Lease.IsAcquired ? ReadAsync(context, address, token) : ReadShortAsync(context, address)
        );
        if (message is not null)
        {
            place.Add(message.TakeRoom());
            context.Features.Set(place);
            await PassAsync(context, address, token, message);
        }
    }

    private async Task PassAsync(HttpContext context, McpAddress address, AccessToken token, IncomingMessage message)
    {
        var tool = message.ToolName is { } name && catalog.TryGet(name, out var known) ? known : null;
        var needed = options.NeededScopes(tool);
        if (!needed.All(token.Scopes.Contains))
        {
            await RejectScopeAsync(context, address, message, needed);
            return;
        }

        context.Features.Set(token);
        await next(context);
    }

    private Task RejectScopeAsync(
        HttpContext context,
        McpAddress address,
        IncomingMessage message,
        IReadOnlyList<string> needed
    )
    {
        const string sentence = TokenRefusal.LacksScope;
        Note(TokenRefusal.OfScope(needed));
        return Challenges.WriteAsync(
            context,
            StatusCodes.Status403Forbidden,
            challenges.InsufficientScope(address, sentence, needed),
            message,
            sentence
        );
    }

    private async Task<IncomingMessage?> ReadAsync(HttpContext context, McpAddress address, AccessToken token) =>
        Keep(
            context,
            HttpMethods.IsPost(address.Method)
                ? await reader.ReadAsync(context, token.Subject)
                : IncomingMessage.Unknown
        );

    private async Task<IncomingMessage?> ReadShortAsync(HttpContext context, McpAddress address) =>
        Keep(
            context,
            HttpMethods.IsPost(address.Method)
                ? await reader.ReadShortAsync(context, RateLimits.NetworkOf(context.Connection.RemoteIpAddress))
                : IncomingMessage.Unknown
        );

    private static IncomingMessage? Keep(HttpContext context, IncomingMessage? message)
    {
        context.Features.Set(message);
        return message;
    }

    private void Note(TokenRefusal refusal)
    {
        metrics.AuthFailed(refusal.Reason);
        refusals.Write(refusal);
    }
}
