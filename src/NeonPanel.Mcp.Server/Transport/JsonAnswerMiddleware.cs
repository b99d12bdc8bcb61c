using System.Text;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The SDK answers 406 unless a client accepts both JSON and an event stream, and then always streams. A client that
/// accepts JSON alone gets the one message of that stream as JSON (rule A6).</summary>
internal sealed class JsonAnswerMiddleware(RequestDelegate next)
{
    private const string EventStream = "text/event-stream";

    public async Task InvokeAsync(HttpContext context)
    {
        var accept = context.Request.Headers.Accept.ToString();
        var takesStream = accept.Length == 0 || accept.Contains(EventStream, StringComparison.OrdinalIgnoreCase)
            || accept.Contains("*/*", StringComparison.Ordinal) || accept.Contains("text/*", StringComparison.Ordinal);
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Request.Headers.Accept = "application/json, " + EventStream;
        if (takesStream)
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

        if (context.Response.ContentType?.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Response.ContentType = "application/json";
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
