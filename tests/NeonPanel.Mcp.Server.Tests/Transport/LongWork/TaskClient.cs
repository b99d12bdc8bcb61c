using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Transport.LongWork;

/// <summary>A client of revision 2026-07-28 that knows tasks.</summary>
internal sealed class TaskClient(string address, string? token) : IDisposable
{
    private readonly RpcClient rpc = new(new(address), token);

    /// <summary>Gets the capabilities that each request announces.</summary>
    public string Capabilities { get; init; } = """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""";

    /// <summary>Gets the path of the address.</summary>
    public string Path { get; init; } = "/mcp";

    public Task<RpcAnswer> CallAsync(string tool, string arguments = "{}") =>
        SendAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""", tool);

    /// <summary>Begins a task and returns its id.</summary>
    public async Task<string> BeginAsync(string tool, string arguments = "{}") =>
        (string)(await CallAsync(tool, arguments)).Result["taskId"]!;

    public Task<RpcAnswer> GetAsync(string id) => TaskAsync("get", id);

    public Task<RpcAnswer> TaskAsync(string method, string id, string more = "") =>
        SendAsync("tasks/" + method, $$"""{ {{more}}"taskId":"{{id}}"}""", id);

    /// <param name="name">The header <c>Mcp-Name</c>, or <see langword="null"/>.</param>
    public Task<RpcAnswer> SendAsync(string method, string parameters, string? name = null)
    {
        var members = JsonNode.Parse(parameters)!;
        members["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = RpcClient.PerRequest,
            ["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(Capabilities),
        };
        (string, string)[] named = name is null ? [] : [("Mcp-Name", name)];
        return rpc.PostAsync(
            Path,
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{members.ToJsonString()}}}""",
            [("MCP-Protocol-Version", RpcClient.PerRequest), ("Mcp-Method", method), .. named]
        );
    }

    public void Dispose() => rpc.Dispose();
}
