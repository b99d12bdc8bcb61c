using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Sandbox;

namespace NeonPanel.Mcp.Server.Tests.Doctor;

/// <summary>An issuer that records what it is asked, and answers as a test wants.</summary>
internal sealed class RecordingIssuer : IAsyncDisposable
{
    private readonly WebApplication app;

    public RecordingIssuer(int port)
    {
        Address = $"http://localhost:{port}";
        Metadata = new()
        {
            ["issuer"] = Address,
            ["authorization_endpoint"] = Address + "/authorize",
            ["token_endpoint"] = Address + "/token",
            ["registration_endpoint"] = Address + "/register",
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
        };
        Discovery = context => Json(context, Metadata.ToJsonString());
        Registration = context => Json(context, "{\"client_id\":\"one\"}");
        Authorization = context => context.Response.WriteAsync("<title>Sign in</title>");
        app = SandboxHost.CreateBuilder(port, []).Build();
        app.Run(AnswerAsync);
    }

    public string Address { get; }

    public JsonObject Metadata { get; }

    public List<string> Requests { get; } = [];

    /// <summary>Gets the parameters of the last request.</summary>
    public Dictionary<string, string> Query { get; private set; } = [];

    public RequestDelegate Discovery { get; set; }

    public RequestDelegate Registration { get; set; }

    public RequestDelegate Authorization { get; set; }

    public Task StartAsync() => app.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Requests.Add($"{context.Request.Method} {context.Request.Path}");
        Query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        switch (context.Request.Path.Value)
        {
            case "/.well-known/oauth-authorization-server":
                return Discovery(context);
            case "/register":
                return Registration(context);
            case "/authorize":
                return Authorization(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static Task Json(HttpContext context, string text)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(text);
    }
}
