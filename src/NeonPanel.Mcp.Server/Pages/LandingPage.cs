using System.Text;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Health;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The page at the server's address in a browser. Everything except the state is prepared as bytes.</summary>
internal sealed class LandingPage
{
    private const string StateMark = "<!--state-->";

    private readonly byte[] before;
    private readonly byte[] after;

    /// <param name="isUsers">Whether calls carry the rights of the user who signs in, and not those of the
    /// server.</param>
    public LandingPage(ToolCatalog catalog, string slug, string publicUrl, string version, bool isUsers)
    {
        var name = catalog.ApiName;
        var address = publicUrl + "/mcp";
        var rights = isUsers
            ? "for you, with your own sign-in and only with the rights that you have there"
            : "after you have signed in, with the rights that this server has there";
        var page = PageLayout
            .Write(
                $"{name} MCP server",
                name,
                Html.Of(
                    $"""
                    <h1>{name} for your assistant</h1>
                    <p class="lead">This is an MCP server. It lets ChatGPT, Claude and other assistants work with {name} {rights}.</p>
                    <section aria-labelledby="address"><h2 id="address">The address</h2>
                    <p>It is all that you type into a client. There is no key or client id to enter.</p>
                    {PageLayout.Copyable(address, "Address of the server")}</section>
                    <section aria-labelledby="state"><h2 id="state">State</h2>
                    <dl class="facts"><div><dt>Server</dt><dd>{version}</dd></div><div><dt>Specification</dt><dd>{catalog.SpecificationVersion}</dd></div><div><dt>Catalogue</dt><dd><code>{catalog.Hash}</code></dd></div><div><dt>Tools</dt><dd><a href="/docs">{catalog.Tools.Count}</a></dd></div>{new Html(
                        StateMark
                    )}</dl></section>
                    <section aria-labelledby="connect"><h2 id="connect">Connect a client</h2>
                    <div class="cards">{ClientSteps.Write(name, slug, address)}</div></section>
                    <section aria-labelledby="onward"><h2 id="onward">Onward</h2>
                    <ul><li><a href="/docs">All tools</a>: what each does, needs and answers</li>
                    <li><a href="/docs/reference">API reference</a>: the operations of the specification</li>
                    <li><a href="/docs/changes">Changes</a>: what the last versions changed</li>
                    <li><a href="/openapi.json">openapi.json</a>, <a href="/openapi.yaml">openapi.yaml</a>: the specification itself</li>
                    <li><a href="/tools.json">tools.json</a>: the catalogue for programs</li>
                    <li><a href="/healthz">healthz</a>: the state for programs</li></ul></section>
                    """
                )
            )
            .Markup.Split(StateMark);
        before = Encoding.UTF8.GetBytes(page[0]);
        after = Encoding.UTF8.GetBytes(page[1]);
    }

    /// <param name="checks">The result of the health checks, or <see langword="null"/> while they are running.</param>
    public byte[] Write(Checks? checks, bool isStopping)
    {
        var (isReady, text) = (isStopping, checks) switch
        {
            (true, _) => (false, "stopping"),
            (_, null) => (false, "up; sign-in or API have not answered yet"),
            (_, { Jwks: not "ok" }) => (false, $"not ready: the keys of the sign-in are not available ({checks.Jwks})"),
            (_, { Upstream: not "ok" }) => (
                false,
                $"ready, but the API does not answer as it should ({checks.Upstream})"
            ),
            _ => (true, "ready"),
        };
        var state = Html.Of($"<div><dt>Now</dt><dd class=\"{(isReady ? "good" : "bad")}\">{text}</dd></div>");
        return [.. before, .. Encoding.UTF8.GetBytes(state.Markup), .. after];
    }
}
