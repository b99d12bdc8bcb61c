using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Messages;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Responds with HTTP 401 to a call whose token the API rejected (rule B5), and with 403 to a question about a
/// task for which the token lacks a scope. Clients renew a token only after these; a result with <c>isError</c> does
/// not make them do so.</summary>
internal sealed class RefusedCallMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (
            context.Features.Get<IncomingMessage>() is not { } message
            || !(message.IsCall || message.IsAboutTask || message.IsCompletion)
            || context.Features.Get<AccessToken>() is null
        )
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        await using var response = new RefusableResponse(body);
        context.Features.Set(response);
        context.Response.Body = response;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        if (response.Refusal is { } refusal)
        {
            await WriteAsync(context, message, refusal);
        }
    }

    /// <summary>Writes the response to a refused call.</summary>
    public static Task WriteAsync(HttpContext context, IncomingMessage message, RefusedCall refusal)
    {
        // The SDK sets both headers for its stream.
        context.Response.Headers.Remove("Content-Encoding");
        context.Response.Headers.Remove("X-Accel-Buffering");
        return Challenges.WriteAsync(context, refusal.Status, refusal.Challenge, message, refusal.Sentence);
    }
}
