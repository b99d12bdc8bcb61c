namespace NeonPanel.Mcp.Benchmarks.Siege.Attacks;

/// <summary>Odd messages, each of which once made a log line of level <c>error</c> and so woke somebody up; with and
/// without a token.</summary>
internal sealed class FalseAlarms : Attack
{
    private static readonly string[] Bodies =
    [
        """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"\ud800"}}""",
        """{"jsonrpc":"2.0","id":"\ud800","method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":1,"method":"\ud800"}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","name":"bills_list","arguments":{}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800","arguments":{}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{"page":1,"page":2}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{"\ud800":1}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"createDocumentsByPdf","arguments":{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d90001","type":"bill","file":{"download_url":"https://files.oaiusercontent.com/a","file_id":"1","file_id":"2"}}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"createDocumentsByPdf","arguments":{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d90001","type":"bill","type":"bill","file":{"name":"a","content":"JVBERi0="}}}}""",
        """{"jsonrpc":"2.0","id":1,"id":2,"method":"tools/call","params":{"name":"listCompanies","arguments":{},"_meta":{"progressToken":{},"progressToken":1}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\ud800","capabilities":{},"clientInfo":{"name":"\ud800","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"\ud800"}}""",
        """{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"\ud800","arguments":{"a":"\ud800"}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"\ud800"}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{},"requestId":1}}""",
        """{"jsonrpc":"2.0","id":1e400,"method":"ping"}""",
        """{"jsonrpc":"2.0","id":1,"result":{"a":1,"a":2}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"\ud800"}}}""",
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"fetch","arguments":{"id":"\ud800"}}}""",
        """[]""",
        """[[]]""",
        """nul""",
        "\"\\ud800\"",
        """{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}""",
        "\0",
        "",
    ];

    public override string Name => "false-alarms";

    public override string Findings => "14";

    public override async Task RunAsync(Battlefield field, CancellationToken end)
    {
        var token = field.Token();
        foreach (var body in Bodies)
        {
            await field.Attacker.SendAsync(Attacker.Post(body, from: "203.0.113.14"));
            await field.Attacker.SendAsync(Attacker.Post(body, token));
            await field.Attacker.SendAsync(Attacker.Post(body, token, path: "/mcp/research"));
        }
    }
}
