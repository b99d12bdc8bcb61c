using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NeonPanel.Mcp.Agent.Model;

/// <summary>An endpoint with OpenAI's chat completions that says what a recorded model says. It notes what it was
/// sent.</summary>
internal sealed class StubEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Queue<string> turns;

    private StubEndpoint(WebApplication app, IEnumerable<string> turns)
    {
        this.app = app;
        this.turns = new(turns);
    }

    /// <summary>Gets the requests, in their order.</summary>
    public List<JsonNode> Requests { get; } = [];

    public static async Task<StubEndpoint> StartAsync(int port, IEnumerable<string> turns)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var stub = new StubEndpoint(app, turns);
        app.MapPost("/v1/chat/completions", stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Add((await JsonNode.ParseAsync(context.Request.Body))!);
        var turn = JsonNode.Parse(turns.Dequeue())!;
        var message = new JsonObject { ["role"] = "assistant", ["content"] = turn["text"]?.DeepClone() };
        if (turn["calls"] is JsonArray calls)
        {
            message["tool_calls"] = new JsonArray([.. calls.Select(Call)]);
        }

        var answer = new JsonObject
        {
            ["id"] = "stub",
            ["object"] = "chat.completion",
            ["created"] = 0,
            ["model"] = "stub",
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    ["message"] = message,
                    ["finish_reason"] = turn["calls"] is null ? "stop" : "tool_calls",
                }
            ),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = 100,
                ["completion_tokens"] = 10,
                ["total_tokens"] = 110,
            },
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonNode Call(JsonNode? call, int at) =>
        new JsonObject
        {
            ["id"] = $"call-{at}",
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = call!["tool"]!.DeepClone(),
                ["arguments"] = call["arguments"]!.ToJsonString(),
            },
        };
}
