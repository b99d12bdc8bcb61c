using System.Text;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The SDK answers 406 unless a client accepts both JSON and an event stream, and then always streams. A client that
/// accepts JSON alone gets the one message of that stream as JSON (rule A6).</summary>
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
        if (accept.EventStream > 0)
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

        if (context.Response.ContentType?.StartsWith(AcceptHeader.EventStreamType, StringComparison.OrdinalIgnoreCase) == true)
        {
            var headers = context.Response.Headers;
            (headers.ContentType, headers.CacheControl) = (AcceptHeader.JsonType, "no-store");
            // Said of a stream.
            headers.Remove("Content-Encoding");
            headers.Remove("X-Accel-Buffering");
            await context.Response.WriteAsync(LastMessage(buffer), context.RequestAborted);
        }
        else if (buffer.Length > 0)
        {
            await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
        }
    }

    // The response comes last, after notifications that a JSON answer has no place for.
    private static string LastMessage(MemoryStream stream)
    {
        const string data = "data: ";
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length).Split('\n')
            .LastOrDefault(line => line.StartsWith(data, StringComparison.Ordinal))?[data.Length..].TrimEnd('\r') ?? "";
    }
}
