using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Messages;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Sends the response as JSON to a client that accepts only JSON (rule A6). The SDK responds 406 unless a
/// client accepts both JSON and an event stream, and it always writes a stream; this middleware sends the last message
/// of that stream. It also compresses a list of tools if the client accepts gzip.</summary>
internal sealed class JsonAnswerMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await next(context);
            return;
        }

        var accept = AcceptHeader.Read(context.Request.Headers.Accept);
        context.Request.Headers.Accept = AcceptHeader.JsonType + ", " + AcceptHeader.EventStreamType;
        var isGzip = IsList(context) && AcceptEncoding.TakesGzip(context.Request.Headers.AcceptEncoding);
        if (accept.EventStream > 0 && !isGzip)
        {
            await next(context);
            return;
        }

        var body = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        var answer = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (
            accept.EventStream == 0
            && context.Response.ContentType?.StartsWith(
                AcceptHeader.EventStreamType,
                StringComparison.OrdinalIgnoreCase
            ) == true
        )
        {
            var headers = context.Response.Headers;
            headers.ContentType = AcceptHeader.JsonType;
            headers.CacheControl = "no-store";
            // The SDK sets these two headers for its stream; they do not apply to JSON.
            headers.Remove("Content-Encoding");
            headers.Remove("X-Accel-Buffering");
            answer = Encoding.UTF8.GetBytes(LastMessage(buffer));
        }

        if (answer.Length > 0)
        {
            await WriteAsync(context, answer, isGzip);
        }
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> answer, bool isGzip)
    {
        if (!isGzip)
        {
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
            return;
        }

        context.Response.Headers.ContentEncoding = AcceptEncoding.Gzip;
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(answer, context.RequestAborted);
    }

    // The only long response without data of a user. Its compressed length therefore reveals no secret (BREACH).
    private static bool IsList(HttpContext context) =>
        context.Features.Get<IncomingMessage>()?.Root is { ValueKind: JsonValueKind.Object } message
        && message.TryGetProperty("method", out var method)
        && method.ValueKind == JsonValueKind.String
        && method.ValueEquals(ToolRequests.List);

    // The response is the last message. A JSON response has no place for the notifications before it.
    private static string LastMessage(MemoryStream stream)
    {
        const string data = "data: ";
        return Encoding
            .UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length)
            .Split('\n')
            .LastOrDefault(line => line.StartsWith(data, StringComparison.Ordinal))
            ?[data.Length..].TrimEnd('\r')
            ?? "";
    }
}
