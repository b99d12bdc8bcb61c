using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using NeonPanel.Mcp.Benchmarks.Endurance;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>NeonPanel's API: it serves the honest user well, and attackers as their attack says. The token tells them
/// apart.</summary>
internal sealed class SiegeApi : IAsyncDisposable
{
    public const string AttackerPrefix = "attacker";
    private const int PageBytes = 4096;

    private readonly WebApplication app;
    private readonly Attack attack;
    private int attackerRequests;

    private SiegeApi(WebApplication app, Attack attack)
    {
        (this.app, this.attack) = (app, attack);
        app.Run(AnswerAsync);
    }

    /// <summary>Gets how many requests the server has sent for attackers.</summary>
    public int AttackerRequests => attackerRequests;

    public static async Task<SiegeApi> StartAsync(int port, Attack attack)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseUrls($"http://127.0.0.1:{port}")
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var api = new SiegeApi(builder.Build(), attack);
        await api.app.StartAsync();
        return api;
    }

    /// <summary>Answers as the API does when nothing is wrong.</summary>
    public static Task AnswerWellAsync(HttpContext context)
    {
        if (context.Request.Path.Value == "/api/v1/companies")
        {
            return WriteAsync(context, FaultyApi.Companies);
        }

        var order = Order.Read(context.Request.Query["search"]) ?? new Order("ok", 1);
        return WriteAsync(context, order.Page(PageBytes));
    }

    public static async Task WriteAsync(HttpContext context, string json, int status = 200)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        await context.Response.WriteAsync(json);
    }

    /// <summary>Reads a claim of the caller's token, which the server passes on.</summary>
    public static string Claim(HttpContext context, string name)
    {
        var token = new JsonWebToken(context.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
        return token.TryGetPayloadValue<string>(name, out var value) ? value : "";
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        var subject = Claim(context, "sub");
        if (!subject.StartsWith(AttackerPrefix, StringComparison.Ordinal))
        {
            await AnswerWellAsync(context);
            return;
        }

        Interlocked.Increment(ref attackerRequests);
        try
        {
            await attack.AnswerAsync(context, subject);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or JsonException)
        {
            // The server left.
        }
    }
}
