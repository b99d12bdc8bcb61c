using Microsoft.Net.Http.Headers;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>What is checked of every request before anything else is read (rules A3, A4): host, origin, method, content
/// type.</summary>
internal sealed class EdgeMiddleware(
    RequestDelegate next,
    ServerOptions server,
    McpAddresses addresses,
    IHostApplicationLifetime lifetime
)
{
    private const string Exposed = "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, X-Correlation-Id";

    public Task InvokeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        context.TraceIdentifier = CorrelationId(request.Headers["X-Correlation-Id"]);
        response.Headers["X-Correlation-Id"] = context.TraceIdentifier;
        if (lifetime.ApplicationStopping.IsCancellationRequested && HttpProtocol.IsHttp11(request.Protocol))
        {
            // RFC 9112 §9.6: nobody sends the next request into a connection that is about to close.
            response.Headers.Connection = "close";
        }

        if (!ServerPaths.IsHealth(request.Path) && !server.Serves(request.Host))
        {
            response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        }

        return addresses.Find(request.Path) is { } address && !ServerPaths.IsLandingPage(request)
            ? McpAsync(context, address.Method)
            : next(context);
    }

    private Task McpAsync(HttpContext context, string method)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            // Of several, which no browser sends, the whole is compared: it is nobody's.
            if (!server.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            {
                response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            response.Headers.AccessControlAllowOrigin = origin;
            response.Headers.AccessControlExposeHeaders = Exposed;
            response.Headers.Vary = "Origin";
            if (HttpMethods.IsOptions(request.Method))
            {
                response.StatusCode = StatusCodes.Status204NoContent;
                response.Headers.AccessControlAllowMethods = method;
                response.Headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders;
                response.Headers.AccessControlMaxAge = "600";
                return Task.CompletedTask;
            }
        }

        if (!HttpMethods.Equals(request.Method, method))
        {
            // Never 401: clients take that for a server that speaks the older transport (rule A3).
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = method;
            return Task.CompletedTask;
        }

        if (
            HttpMethods.IsPost(method)
            && (!request.HasJsonContentType() || HasOtherCharset(request) || request.Headers.ContentEncoding.Count > 0)
        )
        {
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return next(context);
    }

    // RFC 8259 §8.1: JSON is UTF-8. In another charset a message would be one thing for its checks and another for the
    // SDK.
    private static bool HasOtherCharset(HttpRequest request) =>
        request.ContentType!.Contains(';', StringComparison.Ordinal)
        && request.GetTypedHeaders().ContentType!.Charset is { Length: > 0 } charset
        && !HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static string CorrelationId(string? given) =>
        given is { Length: > 0 and <= 64 }
        && given.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            ? given
            : Guid.NewGuid().ToString("n");
}
