using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Sandbox.TryIt;

/// <summary>Lets a person call a tool in the browser, signed in as any client is: discovery, registration, consent,
/// PKCE.</summary>
internal static class TryItEndpoints
{
    public const string Path = "/try";

    private static readonly PageAsset Script = PageAssets.Read(
        typeof(TryItEndpoints).Assembly,
        "try.js",
        "text/javascript; charset=utf-8"
    );

    /// <param name="issuer">The address of the authorization server, which the page asks for a token.</param>
    /// <param name="today">The day that the sandbox's books call today.</param>
    public static void MapTryIt(this WebApplication app, string issuer, string today)
    {
        var catalog = app.Services.GetRequiredService<ToolCatalog>();
        var page = new TryItPage(catalog, Script, issuer, today);
        var mayAsk = $"; connect-src 'self' {issuer}";
        app.MapAsset(Script);
        app.MapGet(Path, () => Results.Redirect("/docs"));
        app.MapGet(Path + "/callback", context => PageEndpoints.AnswerAsync(context, new(page.Callback()), mayAsk));
        app.MapGet(Path + "/{tool}", context =>
        {
            var name = (string)context.Request.RouteValues["tool"]!;
            if (!catalog.TryGet(name, out var tool))
            {
                // Its page names the nearest ones.
                context.Response.Redirect("/docs/" + Uri.EscapeDataString(name));
                return Task.CompletedTask;
            }

            return PageEndpoints.AnswerAsync(context, new(page.Form(tool)), mayAsk);
        });
    }
}
