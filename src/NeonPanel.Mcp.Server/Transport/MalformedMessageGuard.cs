using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The SDK looks into messages of revision 2026-07-28, and into <c>initialize</c>, before it has checked them: a tool name that is no
/// string, a member that is missing or stands there twice, is an exception there and would be a 500. What is no message at all is told in its words.</summary>
internal sealed class MalformedMessageGuard(RequestDelegate next, McpAddresses addresses, ILogger<MalformedMessageGuard> logger)
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;

    public async Task InvokeAsync(HttpContext context)
    {
        var message = addresses.Find(context.Request.Path) is { IsLegacySse: false } ? context.Features.Get<IncomingMessage>() : null;
        if (message?.Root.ValueKind is JsonValueKind.Undefined or JsonValueKind.Array)
        {
            // The SDK calls both an invalid request, in the words of a parser and of its own types (JSON-RPC 2.0 §5.1).
            await (message.Root.ValueKind == JsonValueKind.Undefined
                ? RefuseAsync(context, ParseError, "The body is no JSON that can be read: it must be whole, in UTF-8, and nested no deeper than 64 levels.")
                : RefuseAsync(context, InvalidRequest, "A list of messages is not taken; send each in a request of its own."));
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or JsonException
            && context.Features.Get<IncomingMessage>() is not null && !context.Response.HasStarted)
        {
            Log.MessageMalformed(logger, exception.GetType().Name, FirstLine(exception.StackTrace));
            await RefuseAsync(context, InvalidRequest, "The message is not well-formed: a member is missing, has the wrong type or stands there twice.");
        }
    }

    private static Task RefuseAsync(HttpContext context, int code, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = AcceptHeader.JsonType;
        return context.Response.WriteAsync(
            $$$"""{"jsonrpc":"2.0","id":{{{context.Features.GetRequiredFeature<IncomingMessage>().Id}}},"error":{"code":{{{code}}},"message":"{{{sentence}}}"}}""",
            context.RequestAborted);
    }

    // Clients cause these lines at will, so they are short.
    private static string FirstLine(string? stackTrace) => stackTrace?.Split('\n')[0].Trim() ?? "";
}
