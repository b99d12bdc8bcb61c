using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The SDK looks into messages of revision 2026-07-28, and into <c>initialize</c>, before it has checked them: a tool name that is no
/// string, a member that is missing or stands there twice, is an exception there and would be a 500.</summary>
internal sealed class MalformedMessageGuard(RequestDelegate next, ILogger<MalformedMessageGuard> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or JsonException
            && context.Features.Get<IncomingMessage>() is not null && !context.Response.HasStarted)
        {
            Log.MessageMalformed(logger, exception.GetType().Name, exception.StackTrace);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = AcceptHeader.JsonType;
            await context.Response.WriteAsync(
                $$$"""{"jsonrpc":"2.0","id":{{{IdOf(context.Features.GetRequiredFeature<IncomingMessage>().Root)}}},"error":{"code":-32600,"message":"The message is not well-formed: a member is missing, has the wrong type or stands there twice."}}""",
                context.RequestAborted);
        }
    }

    // Without it a client that waits for the answer to this very message would wait on (JSON-RPC 2.0 §5).
    private static string IdOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? id.GetRawText() : "null";
}
