using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Calls.Forms;

/// <summary>A client of revision 2026-07-28.</summary>
/// <param name="capabilities">The client's capabilities as JSON text.</param>
internal sealed class FormClient(
    ProtectedServer server,
    string capabilities = """{"elicitation":{}}""",
    string? subject = null
) : IDisposable
{
    private readonly RpcClient http = new(
        new(server.Address),
        server.Issuer.Token(body =>
        {
            body["sub"] = subject ?? "user";
            body["exp"] = TestIssuer.Now + 100_000_000;
        })
    );

    /// <summary>Calls a tool.</summary>
    /// <param name="arguments">The arguments as JSON text.</param>
    /// <param name="answers">The member <c>inputResponses</c> as JSON text, or <see langword="null"/>.</param>
    /// <param name="state">The member <c>requestState</c>, or <see langword="null"/>.</param>
    public async Task<FormResult> CallAsync(string tool, string arguments, string? answers = null, string? state = null)
    {
        var parameters = new JsonObject
        {
            ["name"] = tool,
            ["arguments"] = JsonNode.Parse(arguments),
            ["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = RpcClient.PerRequest,
                ["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(capabilities),
            },
        };
        if (answers is not null)
        {
            parameters["inputResponses"] = JsonNode.Parse(answers);
        }

        if (state is not null)
        {
            parameters["requestState"] = state;
        }

        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "tools/call",
            ["params"] = parameters,
        };
        var answer = await http.PostAsync(
            "/mcp",
            message.ToJsonString(),
            ("Accept", "application/json, text/event-stream"),
            ("MCP-Protocol-Version", RpcClient.PerRequest),
            ("Mcp-Method", "tools/call"),
            ("Mcp-Name", tool)
        );
        return new(answer.Json, answer.Message!);
    }

    /// <summary>Returns the answers of a user who accepts one form.</summary>
    /// <param name="choice">The value of the chosen option, or <see langword="null"/> for a form without
    /// options.</param>
    public static string Accept(string key = "confirm", string? choice = null) =>
        new JsonObject
        {
            [key] = new JsonObject
            {
                ["action"] = "accept",
                ["content"] = choice is null ? new JsonObject() : new JsonObject { ["name"] = choice },
            },
        }.ToJsonString();

    public void Dispose() => http.Dispose();
}

/// <summary>The answer to a call.</summary>
internal sealed record FormResult(string Body, JsonNode Json)
{
    /// <summary>Gets the forms by key, or <see langword="null"/> if the call asks nothing.</summary>
    public JsonObject? Forms =>
        (string?)Json["result"]?["resultType"] == "input_required"
            ? Json["result"]!["inputRequests"]!.AsObject()
            : null;

    public string State => (string)Json["result"]!["requestState"]!;

    /// <summary>Gets the message of a JSON-RPC error, or <see langword="null"/>.</summary>
    public string? Error => (string?)Json["error"]?["message"];

    public bool IsError => (bool?)Json["result"]?["isError"] == true;

    /// <summary>Gets all text blocks.</summary>
    public string Text =>
        string.Join('\n', Json["result"]!["content"]!.AsArray().Select(block => (string?)block!["text"]));
}
