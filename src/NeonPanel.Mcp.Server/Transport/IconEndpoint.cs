namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Serves the icon that clients show beside the server's name. The icon has an address instead of a
/// <c>data:</c> URI, because revision 2026-07-28 repeats the server's information in every result.</summary>
internal static class IconEndpoint
{
    public const string Path = "/icon.svg";

    // The drawing shows three rows of a ledger.
    private static readonly byte[] Drawing =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#10172b"/><g fill="none" stroke-width="3" stroke-linecap="round"><path d="M7 10h.01M13 10h12" stroke="#3ff0d0"/><path d="M7 16h.01M13 16h8" stroke="#8f8cff"/><path d="M7 22h.01M13 22h10" stroke="#ff6bb5"/></g></svg>
        """u8.ToArray();

    public static IEndpointRouteBuilder MapIcon(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, Path, Drawing);
        return endpoints;
    }

    /// <summary>Serves a drawing that never changes while the server runs.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, string path, byte[] drawing) =>
        endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], async context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=86400";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.ContentType = "image/svg+xml";
            await context.Response.Body.WriteAsync(drawing, context.RequestAborted);
        });
}
