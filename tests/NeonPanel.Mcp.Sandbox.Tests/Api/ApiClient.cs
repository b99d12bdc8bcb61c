using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.Tests.Api;

/// <summary>Calls the sandbox's API as one subject.</summary>
internal sealed class ApiClient(SandboxHost sandbox, string subject) : IDisposable
{
    public const string Hpo = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    public const string Nlk = "e0a95d1c-2b78-4f43-a6d9-81c3f57b206e";
    public const string Hpc = "3b5f8a27-41d6-4c90-9e12-7a6c05b3d8e4";
    public const string Tdw = "a41e6c93-8d50-4f7b-b2a6-19c3e7084d5f";
    public const string Hidden = "c87d0e5a-2f39-4b61-8e04-6d915ab3f722";

    private readonly HttpClient http = new()
    {
        BaseAddress = sandbox.Issuer,
        DefaultRequestHeaders = { { "Authorization", "Bearer " + sandbox.CreateToken(subject) } },
    };

    public SandboxHost Sandbox => sandbox;

    public string Subject => subject;

    /// <summary>The subject's journal.</summary>
    public NeonPanel.Mcp.Ledger.Journal Journal => sandbox.Workspaces.Journal(subject);

    /// <summary>The path of a company.</summary>
    public static string In(string company, string path) => $"/api/v1/companies/{company}/{path}";

    /// <summary>Starts a sandbox on two free ports.</summary>
    public static async Task<SandboxHost> StartAsync(
        NeonPanel.Mcp.Ledger.Generation.LedgerOptions? ledger = null,
        string? dataFile = null
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SandboxHost.StartAsync(FreePair(), ledger: ledger, dataFile: dataFile);
            }
            catch (IOException) when (attempt < 5)
            {
                // Another program took the port in between.
            }
        }
    }

    public async Task<JsonObject> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Body!;

    public Task<ApiReply> SendAsync(HttpMethod method, string path, JsonNode? body = null) =>
        SendAsync(
            method,
            path,
            body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json")
        );

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var body =
            response.Content.Headers.ContentType?.MediaType == "application/json"
                ? JsonNode.Parse(text) as JsonObject
                : null;
        return new(response.StatusCode, body, text, response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    /// <summary>Reads all pages of a list.</summary>
    public async Task<List<JsonNode>> AllAsync(string path, int size = 60, string member = "data")
    {
        var rows = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var answer = await GetAsync(
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page={page}&per_page={size}"
            );
            rows.AddRange(answer[member]!.AsArray().Select(row => row!));
            if (page >= answer["last_page"]!.GetValue<int>())
            {
                return rows;
            }
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>A free port whose next one is free too.</summary>
    internal static int FreePair()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            try
            {
                using var second = new TcpListener(IPAddress.Loopback, port + 1);
                second.Start();
                return port;
            }
            catch (SocketException) when (attempt < 20)
            {
                // The next port is taken.
            }
        }
    }
}

/// <summary>The answer that the API gave.</summary>
internal sealed record ApiReply(HttpStatusCode Status, JsonObject? Body, string Text, double? RetryAfter)
{
    public string? Message => Body?["message"]?.ToString();

    /// <summary>The fields of a 422, in order.</summary>
    public IEnumerable<string> Fields => Body?["errors"]?.AsObject().Select(pair => pair.Key) ?? [];
}
