using Microsoft.Net.Http.Headers;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Edge;

/// <summary>Checks the host, origin, method and content type of every request before the server reads anything else
/// (rules A3, A4).</summary>
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
        var request = context.Request;
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        context.TraceIdentifier = CorrelationId(request.Headers["X-Correlation-Id"]);
        response.Headers["X-Correlation-Id"] = context.TraceIdentifier;
        if (lifetime.ApplicationStopping.IsCancellationRequested && HttpProtocol.IsHttp11(request.Protocol))
        {
            // RFC 9112 §9.6: with this header, no client sends another request on a connection that is about to close.
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
        var request = context.Request;
        var response = context.Response;
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            // A header with several origins, which no browser sends, is compared as one text and therefore never
            // matches.
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
            // Never 401: clients would conclude that the server supports only the older transport (rule A3).
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

    // RFC 8259 §8.1: JSON is UTF-8. With another charset, this server's checks and the SDK could read different
    // messages.
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
