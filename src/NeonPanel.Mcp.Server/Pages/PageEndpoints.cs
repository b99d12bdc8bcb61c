using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>Maps the pages for people. They need no token and load nothing from other hosts.</summary>
internal static class PageEndpoints
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapPages(
        this IEndpointRouteBuilder endpoints,
        ToolCatalog catalog,
        ServerOptions server,
        string version
    )
    {
        var services = endpoints.ServiceProvider;
        var landing = new LandingPage(
            catalog,
            services.GetRequiredService<ServerIdentity>().Info.Name,
            server.PublicUrl,
            version,
            services.GetRequiredService<IUpstreamCredential>().IsUsers
        );
        endpoints.MapMethods("/", Reading, async context =>
        {
            // If the API hangs, the check takes longer than a person waits for a page. The check then continues in the
            // background, and the next page shows its result.
            var looking = services.GetRequiredService<DeepHealth>().CheckAsync(CancellationToken.None);
            var isInTime = await Task.WhenAny(looking, Task.Delay(LongestLook, context.RequestAborted)) == looking;
            var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            context.Response.Headers.Vary = "Accept";
            await AnswerAsync(
                context,
                new(landing.Write(isInTime ? await looking : null, stopping.IsCancellationRequested))
            );
        });

        var pages = new CatalogPages(catalog, services.GetService<PageLinks>() ?? new(null));
        var reference = new Lazy<PreparedPage>(() => new(ReferencePage.Write(catalog)));
        var changes = new Lazy<PreparedPage>(() =>
            new(ChangesPage.Write(catalog.ApiName, catalog.SpecificationVersion, catalog.Hash))
        );
        endpoints.MapMethods("/docs", Reading, context =>
            AnswerAsync(
                context,
                pages.List(context.Request.Query["q"].ToString(), context.Request.Query["profile"].ToString())
            )
        );
        endpoints.MapMethods("/docs/reference", Reading, context => AnswerAsync(context, reference.Value));
        endpoints.MapMethods("/docs/changes", Reading, context => AnswerAsync(context, changes.Value));
        endpoints.MapMethods("/docs/tools/{tool}", Reading, ToolAsync);
        endpoints.MapMethods("/docs/{tool}", Reading, ToolAsync);
        return endpoints.MapAsset(PageAssets.Style).MapAsset(PageAssets.Script);

        Task ToolAsync(HttpContext context)
        {
            var name = (string)context.Request.RouteValues["tool"]!;
            if (!catalog.TryGet(name, out var tool))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return AnswerAsync(context, pages.NotFound(name));
            }

            return AnswerAsync(context, pages.Tool(tool));
        }
    }

    public static IEndpointRouteBuilder MapAsset(this IEndpointRouteBuilder endpoints, PageAsset asset)
    {
        endpoints.MapMethods(asset.Path, Reading, context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=86400";
            return WriteAsync(context, asset.Bytes, asset.ContentType, $"\"{asset.Hash}\"");
        });
        return endpoints;
    }

    /// <summary>Writes a page as the response.</summary>
    /// <param name="more">Additions to the content security policy for this page.</param>
    public static Task AnswerAsync(HttpContext context, PreparedPage page, string more = "")
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy + more;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        return WriteAsync(context, page.Bytes, "text/html; charset=utf-8", page.Tag);
    }

    private static async Task WriteAsync(HttpContext context, byte[] bytes, string contentType, string tag)
    {
        var response = context.Response;
        response.Headers.ETag = tag;
        if (response.StatusCode == StatusCodes.Status200OK && context.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
