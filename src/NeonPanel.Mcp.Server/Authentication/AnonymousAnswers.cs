using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Limits how many responses without a token one address receives at a time. A client that requests a large
/// document and does not read it keeps the document in memory until the server closes the connection.</summary>
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

        // The address already holds its share of responses, perhaps without reading them. Closing the connection keeps
        // the number of its connections from growing.
        context.Response.Headers.Connection = "close";
        await RateLimits.RefuseAsync(context, place);
    }
}
