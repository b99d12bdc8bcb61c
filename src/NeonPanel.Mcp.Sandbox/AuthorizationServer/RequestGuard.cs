namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>Rejects what a foreign web page could send to the authorization server and the API: every browser on this
/// machine can reach them, and every page in it can make it do so.</summary>
internal static class RequestGuard
{
    /// <summary>Adds the checks of host and origin, and the CORS headers for clients in a browser.</summary>
    /// <param name="port">The port of this application. Its hosts are the names of loopback with that port.</param>
    public static void UseRequestGuard(this WebApplication app, int port)
    {
        string[] hosts = [$"localhost:{port}", $"127.0.0.1:{port}", $"[::1]:{port}"];
        app.Use(
            (context, next) =>
            {
                var (request, response) = (context.Request, context.Response);
                if (!hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase))
                {
                    // A page whose name was rebound to loopback sends its own name (DNS rebinding).
                    return RefuseAsync(
                        context,
                        StatusCodes.Status421MisdirectedRequest,
                        $"The sandbox serves the hosts {string.Join(", ", hosts)} only."
                    );
                }

                if (!IsReading(request.Method) && !IsLoopbackOrigin(request.Headers.Origin))
                {
                    return RefuseAsync(
                        context,
                        StatusCodes.Status403Forbidden,
                        "Pages of other hosts cannot change the sandbox."
                    );
                }

                response.Headers.XContentTypeOptions = "nosniff";
                // Clients in a browser, such as the Inspector, read and register across ports.
                response.Headers.AccessControlAllowOrigin = "*";
                response.Headers.AccessControlAllowHeaders = "*, Authorization";
                if (!HttpMethods.IsOptions(request.Method))
                {
                    return next(context);
                }

                response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>Whether a form comes from a page of this origin, or from a client that is no browser. Other pages on
    /// loopback are rejected as well, because approving access is the person's decision.</summary>
    public static bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }

    private static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // A request without Origin comes from no web page: browsers send it with every POST.
    private static bool IsLoopbackOrigin(string? origin) =>
        string.IsNullOrEmpty(origin)
        || (
            Uri.TryCreate(origin, UriKind.Absolute, out var address)
            && address.IsLoopback
            && address.Scheme is "http" or "https"
        );

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { message });
    }
}
