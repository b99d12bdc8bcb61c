using Microsoft.Net.Http.Headers;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>Recognizes requests that several folders treat in a special way.</summary>
internal static class ServerPaths
{
    /// <summary>Returns whether a path is a health check. Health checks accept every host, need no token and have no
    /// limit.</summary>
    public static bool IsHealth(PathString path) => path.Value is "/healthz" or "/readyz";

    /// <summary>Returns whether a request asks for the landing page: GET or HEAD of the bare origin by a client that
    /// accepts HTML. Other requests to the bare origin are MCP messages.</summary>
    public static bool IsLandingPage(HttpRequest request) =>
        request.Path.Value is "/" or ""
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types)
        && types.Any(type =>
            type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is null or > 0
        );
}
