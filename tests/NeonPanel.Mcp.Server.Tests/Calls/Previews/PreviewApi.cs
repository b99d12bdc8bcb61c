using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Server.Tests.Calls.Repeats;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Server.Tests.Calls.Previews;

/// <summary>A server in front of an API that answers reads with given texts, and counts writes.</summary>
internal sealed class PreviewApi : IAsyncDisposable
{
    public const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    private const string Root = $"/api/v1/companies/{Company}/";

    private readonly Dictionary<string, (int Status, string Body)> answers = new(StringComparer.Ordinal);
    private readonly ProtectedServer server;
    private int writes;

    private PreviewApi(ProtectedServer server)
    {
        this.server = server;
        server.Issuer.Api = AnswerAsync;
        Client = new(server);
    }

    public RepeatClient Client { get; }

    public IServiceProvider Services => server.Services;

    public LogCollector Log => server.Log;

    /// <summary>Gets how many requests arrived that were not <c>GET</c>.</summary>
    public int Writes => writes;

    /// <summary>Gets the paths and queries of the requests that arrived with <c>GET</c>, without the company.</summary>
    public List<string> Reads { get; } = [];

    public static async Task<PreviewApi> StartAsync() => new(await ProtectedServer.StartAsync());

    /// <summary>Sets what a <c>GET</c> answers.</summary>
    /// <param name="path">The path below the company, with the query if it matters.</param>
    public void Answer(string path, string body, int status = 200) => answers[path] = (status, body);

    /// <summary>Calls a tool for a preview.</summary>
    /// <param name="arguments">Members of the arguments besides the company and <c>preview</c>.</param>
    public Task<RepeatResult> PreviewAsync(string tool, string arguments) =>
        CallAsync(tool, "\"preview\":true," + arguments);

    public Task<RepeatResult> CallAsync(string tool, string arguments) =>
        Client.CallAsync($$"""{"companyUuid":"{{Company}}",{{arguments}}}""", tool);

    /// <summary>Returns the HTTP status of a call.</summary>
    public async Task<HttpStatusCode> StatusAsync(string tool, string arguments)
    {
        using var response = await server.ListAsync(
            server.Issuer.Token(),
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"TOOL","arguments":{"companyUuid":"COMPANY",MORE}}}"""
                .Replace("TOOL", tool, StringComparison.Ordinal)
                .Replace("COMPANY", Company, StringComparison.Ordinal)
                .Replace("MORE", arguments, StringComparison.Ordinal)
        );
        return response.StatusCode;
    }

    /// <summary>Returns the preview in a result.</summary>
    public static JsonObject Of(RepeatResult result) =>
        result.Json["structuredContent"]?["preview"] as JsonObject
        ?? throw new InvalidOperationException("No preview: " + result.Json.ToJsonString());

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value![Root.Length..];
        var query = path + context.Request.QueryString;
        if (context.Request.Method != "GET")
        {
            Interlocked.Increment(ref writes);
            await BillsApi.AnswerAsync(context, new JsonObject { ["id"] = 1 });
            return;
        }

        lock (Reads)
        {
            Reads.Add(query);
        }

        var (status, body) = answers.GetValueOrDefault(query, answers.GetValueOrDefault(path, (404, "{}")));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }
}
