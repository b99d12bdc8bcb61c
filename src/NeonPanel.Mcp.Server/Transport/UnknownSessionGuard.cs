using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Responds with 404 to a message with a session id. The ids of this server have been removed by
/// <see cref="SessionAnnouncements"/>, so the session belongs to another server. After 404, a client starts again (MCP
/// 2025-11-25, Streamable HTTP, Session Management, rules 3 and 4; docs/decisions/0033).</summary>
internal sealed class UnknownSessionGuard(RequestDelegate next, McpAddresses addresses, TransportOptions options)
{
    private const string SessionId = "Mcp-Session-Id";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (
            !headers.ContainsKey(SessionId)
            || !HttpMethods.IsPost(context.Request.Method)
            || context.Features.Get<IncomingMessage>() is not { } message
            || addresses.Find(context.Request.Path) is not { IsLegacySse: false }
        )
        {
            return next(context);
        }

        if (options.RejectsSessions && IsOfASession(message, headers["MCP-Protocol-Version"]))
        {
            return RefuseAsync(context, message);
        }

        // The SDK would respond with 400, after which a client does not start again.
        headers.Remove(SessionId);
        return next(context);
    }

    // A client that starts again sends initialize. Revisions without initialize have no sessions.
    private static bool IsOfASession(IncomingMessage message, string? revision) =>
        !Revisions.IsPerRequest(revision) && !message.IsInitialize;

    private static Task RefuseAsync(HttpContext context, IncomingMessage message)
    {
        const string sentence =
            "Session not found: this server keeps none. Send initialize again, without Mcp-Session-Id.";
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = AcceptHeader.JsonType;
        return context.Response.WriteAsync(
            // The SDKs use this code for an unknown session.
            $$$"""{"jsonrpc":"2.0","id":{{{message.Id}}},"error":{"code":-32001,"message":"{{{sentence}}}"}}""",
            context.RequestAborted
        );
    }
}
