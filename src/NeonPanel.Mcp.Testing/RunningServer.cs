using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using NeonPanel.Mcp.Server;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Testing;

/// <summary>The server inside the test process, on a port that the system chooses. No address of its settings is
/// reachable, so that nothing leaves the machine.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    // The discard port, where nothing listens.
    private const string Nowhere = "http://127.0.0.1:9";

    private readonly WebApplication app;
    private readonly HttpClient http;

    private RunningServer(WebApplication app)
    {
        this.app = app;
        http = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public static async Task<RunningServer> StartAsync(ToolCatalog catalog)
    {
        var app = await McpHost.StartAsync(
            [
                "--urls=http://127.0.0.1:0",
                "--Server:PublicUrl=http://127.0.0.1",
                "--Auth:Issuer=" + Nowhere,
                "--Auth:AnonymousDiscovery=true",
                "--Upstream:BaseAddress=" + Nowhere,
                "--Upstream:Credential=" + (catalog.IsOneResource ? "Forward" : "None"),
                "--Mcp:OutputSchemas=false",
                "--Logging:LogLevel:Default=None",
            ],
            catalog
        );
        return new(app);
    }

    public Task<byte[]> GetAsync(string path) => http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>Reads all pages of <c>tools/list</c>.</summary>
    public async Task<List<JsonElement>> ListToolsAsync()
    {
        var tools = new List<JsonElement>();
        var parameters = "{}";
        while (true)
        {
            var result = await RequestAsync("tools/list", parameters);
            tools.AddRange(result.GetProperty("tools").EnumerateArray());
            if (!result.TryGetProperty("nextCursor", out var cursor))
            {
                return tools;
            }

            parameters = $$"""{"cursor":{{cursor.GetRawText()}}}""";
        }
    }

    private async Task<JsonElement> RequestAsync(string method, string parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-06-18");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        // Either one JSON text or one event (MCP 2025-06-18, "Streamable HTTP").
        var data = text.Split('\n').FirstOrDefault(line => line.StartsWith("data:", StringComparison.Ordinal))?[5..];
        using var message = JsonDocument.Parse(data ?? text);
        return message.RootElement.TryGetProperty("result", out var result)
            ? result.Clone()
            : throw new InvalidOperationException(
                $"{method} was answered with status {(int)response.StatusCode}: {text}"
            );
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
