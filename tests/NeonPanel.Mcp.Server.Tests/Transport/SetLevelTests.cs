using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

internal sealed class SetLevelTests
{
    // MCP 2025-11-25, Logging: eight levels, and -32602 for another one.
    [TestCase("debug", null)]
    [TestCase("emergency", null)]
    [TestCase("loud", -32602)]
    [TestCase("Debug", -32602)]
    public async Task SetLevel_Level_MustBeOneOfTheProtocol(string level, int? code)
    {
        await using var server = await ProtectedServer.StartAsync();
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        var answer = await client.PostAsync(
            "/mcp",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"{{{level}}}"}}""",
            ("Accept", "application/json, text/event-stream")
        );
        Assert.That(answer.ErrorCode, Is.EqualTo(code));
    }

    // MCP 2026-07-28 removed the method.
    [TestCase("debug")]
    [TestCase("loud")]
    public async Task SetLevel_InTheRevisionWithoutIt_IsAnUnknownMethod(string level)
    {
        await using var server = await ProtectedServer.StartAsync();
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        const string meta =
            """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}""";
        var answer = await client.PostAsync(
            "/mcp",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"{{{level}}}","_meta":{{{meta}}}}}""",
            ("Accept", "application/json, text/event-stream"),
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", "logging/setLevel")
        );
        Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((404, -32601)));
    }
}
