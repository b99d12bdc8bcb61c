using NeonPanel.Mcp.Sandbox.AuthorizationServer;
using NeonPanel.Mcp.Sandbox.TryIt;
using Spectre.Console;

namespace NeonPanel.Mcp.Sandbox;

/// <summary>The first output of the sandbox: its addresses and uses, then a token and a command to copy.</summary>
internal static class WelcomeScreen
{
    /// <param name="output">Where to.</param>
    /// <param name="isTerminal">Whether a person sees it in colour and in a window's width; else it is plain text, as
    /// wide as it is.</param>
    public static void Write(SandboxHost sandbox, TextWriter output, bool isTerminal)
    {
        var (front, back) = (sandbox.Address.ToString().TrimEnd('/'), sandbox.Issuer.ToString().TrimEnd('/'));
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Enrichment = new() { UseDefaultEnrichers = false },
            }
        );
        if (!isTerminal)
        {
            console.Profile.Width = int.MaxValue;
        }

        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        table
            .AddColumn(new TableColumn(new Text("To", new(decoration: Decoration.Bold))).NoWrap())
            .AddColumn(new TableColumn(new Text("Do", new(decoration: Decoration.Bold))));
        Row("connect a client", $"type {front}/mcp into VS Code, Cursor or the Inspector, then press Allow");
        Row("connect Claude Code", $"claude mcp add --transport http neonpanel {front}/mcp");
        Row("look around", $"{front}/ in a browser, and {front}/docs for all tools");
        Row("try a tool", $"{front}{TryItEndpoints.Path} in a browser: sign in, fill in, call");
        Row("call from a shell", "copy the line below that begins with curl");
        Row(
            "see the API",
            $"{back} answers for NeonPanel and signs people in; nothing is real, today is {sandbox.Today}"
        );
        if (sandbox.Behavior != IssuerBehavior.Default)
        {
            Row("know the issuer", $"'{sandbox.Behavior.Name}' {sandbox.Behavior.Summary}");
        }

        Row("start over", $"POST {back}/sandbox/reset with the token below takes back all that was written");
        Row("change the keys", $"POST {back}/sandbox/rotate-keys with the token below as a bearer token");
        Row("stop", "Ctrl+C");
        console.Write(new Text("NeonPanel sandbox", new(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(table);

        // Past the library, which would fold them: each is one line, to be copied.
        var lifetime =
            sandbox.Behavior.TokenLifetime == TimeSpan.FromHours(1)
                ? "an hour"
                : $"{sandbox.Behavior.TokenLifetime.TotalSeconds} seconds";
        output.WriteLine($"A token, valid for {lifetime}:");
        output.WriteLine(sandbox.Token);
        output.WriteLine();
        output.WriteLine("List companies through a tool call:");
        output.WriteLine(
            $$$$"""curl -s {{{{front}}}}/mcp -H 'Authorization: Bearer {{{{sandbox.Token}}}}' -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}'"""
        );

        void Row(string what, string how) => table.AddRow(new Text(what, new(Color.Green)), new Text(how));
    }
}
