using NeonPanel.Mcp.Server.Pages;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>What a person is asked before a client gets a token: who asks, for what, and where the answer goes. A plain form, so that
/// headless clients can submit it; they look for its tags as they stand.</summary>
internal static class ConsentPage
{
    /// <param name="client">The name that the client gave itself. It may say anything.</param>
    /// <param name="query">The authorization request, which the form carries on.</param>
    public static Html Ask(string client, IReadOnlyDictionary<string, string> query) => Write("Allow access?", Html.Of($"""
        <p><strong>{client}</strong> asks to use the <strong>NeonPanel sandbox</strong> in your name.</p>
        <dl class="facts"><div><dt>Signed in as</dt><dd>sandbox-user</dd></div><div><dt>The answer goes to</dt><dd>{new Uri(query["redirect_uri"]).Authority}</dd></div></dl>
        <h2>It could then</h2>
        <ul><li>read the made-up companies, stock, costs, bills and reports of the sandbox</li><li>add and change documents there</li></ul>
        <h2>It could not</h2>
        <ul><li>see a password of yours, or anything of a real account</li><li>go on for longer than an hour without asking this server again</li></ul>
        <form method="post" action="/oauth2/authorize">
        {Html.Join(query.Select(pair => Html.Of($"<input type=\"hidden\" name=\"{pair.Key}\" value=\"{pair.Value}\">")))}
        <button name="decision" value="approve">Allow</button> <button name="decision" value="deny">Deny</button></form>
        <p class="meta">The client chose its name itself. Allow only what you have just begun.</p>
        """));

    public static Html Refuse(string fault) => Write("Sign-in is not possible", Html.Of($"""
        <p>{fault}</p><p class="meta">Nothing was sent back to the client. Begin the sign-in again from there.</p>
        """));

    private static Html Write(string title, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <link rel="stylesheet" href="{PageAssets.Style.Address}">
        </head>
        <body class="sign-in">
        <main class="card"><p class="brand">NeonPanel <span class="meta">sandbox</span></p>
        <h1>{title}</h1>
        {body}
        </main>
        </body>
        </html>

        """);
}
