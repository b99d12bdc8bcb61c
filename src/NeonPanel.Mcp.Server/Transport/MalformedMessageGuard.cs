using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Rejects messages on which the SDK would fail. The SDK reads messages of revision 2026-07-28, and
/// <c>initialize</c>, before it checks them. A member that is missing, duplicate or of another type would throw there,
/// and the client would get status 500.</summary>
internal sealed class MalformedMessageGuard(
    RequestDelegate next,
    McpAddresses addresses,
    ILogger<MalformedMessageGuard> logger
)
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int InvalidParams = -32602;

    private static readonly string[] Levels =
    [
        "debug",
        "info",
        "notice",
        "warning",
        "error",
        "critical",
        "alert",
        "emergency",
    ];

    public async Task InvokeAsync(HttpContext context)
    {
        var message = context.Features.Get<IncomingMessage>();
        // On the older transport, each message must count against the limits before it is checked.
        if (
            message is not null
            && addresses.Find(context.Request.Path) is { IsLegacySse: false }
            && Fault(message.Root, Revisions.IsPerRequest(context.Request.Headers["MCP-Protocol-Version"])) is { } fault
        )
        {
            await RefuseAsync(context, fault.Code, fault.Sentence);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or JsonException
                && message is not null
                && !context.Response.HasStarted
            )
        {
            Log.MessageMalformed(logger, exception.GetType().Name, FirstLine(exception.StackTrace));
            await RefuseAsync(
                context,
                InvalidRequest,
                "The message is not well-formed: a member is missing, has the wrong type or occurs twice."
            );
        }
    }

    private static Task RefuseAsync(HttpContext context, int code, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = AcceptHeader.JsonType;
        return context.Response.WriteAsync(
            $$$"""{"jsonrpc":"2.0","id":{{{context.Features.GetRequiredFeature<IncomingMessage>().Id}}},"error":{"code":{{{code}}},"message":"{{{sentence}}}"}}""",
            context.RequestAborted
        );
    }

    // The SDK reports the first two faults as an invalid request, with texts of a parser and its own type names
    // (JSON-RPC 2.0 §5.1). Of duplicate members it uses the first or the last, or throws; it also throws for a lone
    // surrogate. The tool's arguments are not checked here, because their own reader checks them.
    private static MessageFault? Fault(JsonElement message, bool isPerRequest)
    {
        const string flaw =
            "The message holds a member twice, or a text that is not valid Unicode. Send each member once.";
        if (message.ValueKind == JsonValueKind.Undefined)
        {
            return new(
                ParseError,
                "The body is not readable JSON: it must be complete, in UTF-8 without lone surrogates, and nested at most 64 levels deep."
            );
        }

        if (message.ValueKind == JsonValueKind.Array)
        {
            return new(
                InvalidRequest,
                "A list of messages is not supported; send each message in a request of its own."
            );
        }

        if (HasFlaw(message))
        {
            return new(InvalidRequest, flaw);
        }

        if (
            message.ValueKind != JsonValueKind.Object
            || !message.TryGetProperty("params", out var parameters)
            || parameters.ValueKind != JsonValueKind.Object
        )
        {
            return null;
        }

        if (HasFlaw(parameters) || (parameters.TryGetProperty("_meta", out var meta) && HasFlaw(meta)))
        {
            return new(InvalidParams, flaw);
        }

        // Revision 2026-07-28 has no logging/setLevel. The SDK would respond with -32603 (MCP 2025-11-25, Logging, Log
        // Levels).
        return !isPerRequest && IsUnknownLevel(message, parameters)
            ? new(InvalidParams, $"'params.level' must be one of {string.Join(", ", Levels)}.")
            : null;
    }

    // The SDK would answer -32603 (MCP 2025-11-25, Logging, Log Levels).
    private static bool IsUnknownLevel(JsonElement message, JsonElement parameters) =>
        message.TryGetProperty("method", out var method)
        && method.ValueKind == JsonValueKind.String
        && method.ValueEquals("logging/setLevel")
        && !(
            parameters.TryGetProperty("level", out var level)
            && level.ValueKind == JsonValueKind.String
            && Levels.Any(level.ValueEquals)
        );

    private static bool HasFlaw(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            return element
                .EnumerateObject()
                .Any(member =>
                    !names.Add(member.Name)
                    || (member.Value.ValueKind == JsonValueKind.String && !IncomingMessage.IsUnicode(member.Value))
                );
        }
        catch (InvalidOperationException)
        {
            return true; // half of a surrogate pair
        }
    }

    // Only the first line, because clients can cause these log lines at will.
    private static string FirstLine(string? stackTrace) => stackTrace?.Split('\n')[0].Trim() ?? "";

    /// <param name="Code">The code of the JSON-RPC error.</param>
    /// <param name="Sentence">The message of the error.</param>
    private sealed record MessageFault(int Code, string Sentence);
}
