using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Pages;

namespace NeonPanel.Mcp.Sandbox.AuthorizationServer;

/// <summary>The page that asks a person before a client gets a token: which client, for what, and where the code goes.
/// The form is plain HTML, so that headless clients can submit it; they search for its tags as written here.</summary>
internal static class ConsentPage
{
    /// <param name="client">Name that the client gave itself. It may say anything.</param>
    /// <param name="destination">Host that the code goes to.</param>
    /// <param name="fields">The authorization request, which the form repeats.</param>
    public static Html Ask(string client, string destination, IEnumerable<KeyValuePair<string, string>> fields) =>
        Write(
            "Allow access?",
            Html.Of(
                $"""
                <p><strong>{client}</strong> asks to use the <strong>NeonPanel sandbox</strong> in your name.</p>
                <dl class="facts"><div><dt>Signed in as</dt><dd>sandbox-user</dd></div><div><dt>The answer goes to</dt><dd>{destination}</dd></div></dl>
                <h2>It could then</h2>
                <ul><li>read the made-up companies, stock, costs, bills and reports of the sandbox</li><li>add and change documents there</li></ul>
                <h2>It could not</h2>
                <ul><li>see a password of yours, or anything of a real account</li><li>go on for longer than an hour without asking this server again</li></ul>
                <form method="post" action="/oauth2/authorize">
                {Html.Join(
                    fields.Select(pair =>
                        Html.Of($"<input type=\"hidden\" name=\"{pair.Key}\" value=\"{pair.Value}\">")
                    )
                )}
                <button name="decision" value="approve">Allow</button> <button name="decision" value="deny">Deny</button></form>
                <p class="meta">The client chose its name itself. Allow only what you have just begun.</p>
                """
            )
        );

    public static Html Refuse(string fault) =>
        Write(
            "Sign-in is not possible",
            Html.Of(
                $"""
                <p>{fault}</p><p class="meta">Nothing was sent back to the client. Begin the sign-in again from there.</p>
                """
            )
        );

    private static Html Write(string title, Html body) =>
        Html.Of(
            $"""
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

            """
        );
}
