using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox;

namespace NeonPanel.Mcp.Agent.Sessions;

/// <summary>The tools of one question: a real MCP client with an account of its own, which counts what it
/// does.</summary>
internal sealed class Toolbox : IAsyncDisposable
{
    private const int MostTries = 10;

    private readonly SandboxHost sandbox;
    private readonly McpClient client;
    private readonly string subject;
    private readonly HashSet<string> imports = [];

    private Toolbox(SandboxHost sandbox, McpClient client, string subject, Journal before, IReadOnlyList<Tool> tools)
    {
        this.sandbox = sandbox;
        this.client = client;
        this.subject = subject;
        Before = before;
        Tools = tools;
    }

    /// <summary>Gets the books before the first call.</summary>
    public Journal Before { get; }

    public IReadOnlyList<Tool> Tools { get; }

    public string Instructions => client.ServerInstructions ?? "";

    /// <summary>Gets what was done so far.</summary>
    public Effort Effort { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Signs in, and prepares the books of the question.</summary>
    /// <param name="profile">The profile of the address.</param>
    /// <param name="run">Tells runs of one question apart; each has books of its own.</param>
    public static async Task<Toolbox> OpenAsync(SandboxHost sandbox, Question question, string profile, string run)
    {
        var subject = question.Subject(run);
        sandbox.Workspaces.Reset(subject);
        var workspace = sandbox.Workspaces.Of(subject);
        workspace.Journal = question.Prepare(workspace.Journal);
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = new Uri(sandbox.Address, $"/mcp/{profile}"),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string>
                {
                    ["Authorization"] = $"Bearer {sandbox.CreateToken(subject)}",
                },
            }
        );
        var client = await ConnectAsync(transport);
        var tools = await client.ListToolsAsync();
        return new(sandbox, client, subject, workspace.Journal, [.. tools.Select(tool => tool.ProtocolTool)]);
    }

    /// <summary>Calls a tool.</summary>
    public async Task<ToolResult> CallAsync(string tool, JsonObject arguments)
    {
        var request = new JsonObject { ["tool"] = tool, ["arguments"] = arguments.DeepClone() };
        var result = await SendAsync(tool, arguments);
        if (result.Structured is { ValueKind: JsonValueKind.Object } content && content.Text("request_id") is { } id)
        {
            imports.Add(id);
        }

        Effort = Effort.With(Count(Json.Text(request)), Count(result.Full), result.IsRejected);
        return result;
    }

    /// <summary>Returns the attempt for the checks, with the final answer.</summary>
    public Attempt Attempt(string answer) =>
        new(answer, Before, sandbox.Workspaces.Journal(subject), Effort.Calls)
        {
            Tools = Tools.Select(tool => tool.Name).ToHashSet(),
        };

    public ValueTask DisposeAsync() => client.DisposeAsync();

    // Ids of imports are random, and so would be their number of tokens.
    private int Count(string text) =>
        Tokens.Of(
            imports.Aggregate(text, (rest, id) => rest.Replace(id, Guid.Empty.ToString(), StringComparison.Ordinal))
        );

    // On a busy machine the server may not have fetched the sandbox's keys yet, and says so with 503.
    private static async Task<McpClient> ConnectAsync(HttpClientTransport transport)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await McpClient.CreateAsync(transport);
            }
            catch (HttpRequestException exception)
                when (exception.StatusCode == HttpStatusCode.ServiceUnavailable && tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromSeconds(2));
            }
        }
    }

    private async Task<ToolResult> SendAsync(string tool, JsonObject arguments)
    {
        try
        {
            var values = arguments.ToDictionary(
                pair => pair.Key,
                pair => (object?)JsonSerializer.SerializeToElement(pair.Value)
            );
            return ToolResult.Of(await client.CallToolAsync(tool, values));
        }
        catch (McpException exception)
        {
            // An unknown tool, for one, is an error of the protocol (MCP 2025-11-25, Tools, Error Handling).
            return new(true, null, [exception.Message]);
        }
    }
}

/// <summary>Calls and tokens that an agent used for a question.</summary>
/// <param name="Sent">Tokens of the calls.</param>
/// <param name="Received">Tokens of the results.</param>
/// <param name="Rejected">Calls that ended in an error.</param>
internal sealed record Effort(int Calls, int Sent, int Received, int Rejected)
{
    public Effort With(int sent, int received, bool isRejected) =>
        new(Calls + 1, Sent + sent, Received + received, Rejected + (isRejected ? 1 : 0));
}
