using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The frame that all pages share.</summary>
internal static class PageLayout
{
    /// <param name="script">An additional script of this page, or <see langword="null"/>.</param>
    public static Html Write(string title, string name, Html main, PageAsset? script = null) =>
        Html.Of(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="{PageAssets.Style.Address}">
            <script src="{PageAssets.Script.Address}" defer></script>{(
                script is null ? Html.Empty : Html.Of($"<script src=\"{script.Address}\" defer></script>")
            )}
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="top"><nav aria-label="Site"><a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28">{name} MCP</a><a href="/docs">Tools</a><a href="/docs/reference">API reference</a><a href="/docs/changes">Changes</a></nav></header>
            <main id="main" tabindex="-1">
            {main}
            </main>
            <footer><a href="/openapi.json">openapi.json</a> <a href="/openapi.yaml">openapi.yaml</a> <a href="/tools.json">tools.json</a> <a href="/healthz">healthz</a></footer>
            </body>
            </html>

            """
        );

    /// <summary>Returns a text that the reader can copy. The script adds the button; without a script, only the text
    /// appears.</summary>
    public static Html Copyable(string text, string label) =>
        Html.Of($"""<div class="copy"><pre tabindex="0" aria-label="{label}"><code>{text}</code></pre></div>""");
}
