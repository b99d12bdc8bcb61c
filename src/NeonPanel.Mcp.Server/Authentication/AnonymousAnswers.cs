using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Limits the answers that one address without a token gets at a time. A client that asks for a large document
/// and does not read it holds the document in memory until it is cut off.</summary>
internal sealed class AnonymousAnswers(RequestDelegate next, RateLimits limits)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<AccessToken>() is not null || ServerPaths.IsHealth(context.Request.Path)
            ? next(context)
            : AnswerAsync(context);

    private async Task AnswerAsync(HttpContext context)
    {
        using var place = limits.EnterAnonymousAnswer(context);
        if (place.IsAcquired)
        {
            await next(context);
            return;
        }

        // The address already holds its share of answers, perhaps without reading them. Closing keeps its connections
        // from adding up.
        context.Response.Headers.Connection = "close";
        await RateLimits.RefuseAsync(context, place);
    }
}
