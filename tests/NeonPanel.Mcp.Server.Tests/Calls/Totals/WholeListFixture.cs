using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>A server before an API with lists of every kind of paging.</summary>
internal abstract class WholeListFixture
{
    protected PagedApi Api { get; private set; } = null!;

    protected StrictUpstream Server { get; private set; } = null!;

    protected RpcClient Client { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Api = await PagedApi.StartAsync();
        Server = await StrictUpstream.StartAsync(
            _ => { },
            [
                ("Upstream:BaseAddress", Api.Address),
                ("Upstream:Retries", "0"),
                ("Upstream:RequestsPerMinutePerUser", "1000000"),
            ],
            PagedApi.Catalog()
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        await Api.DisposeAsync();
    }

    // Another user each time, whose limits and pauses are not those of other tests.
    [SetUp]
    public void Arrive()
    {
        Client = new(Server.Address, Server.TokenOf(TestContext.CurrentContext.Test.ID));
        Api.Before = (_, _) => Task.FromResult<IResult?>(null);
        Api.Rows = [.. LedgerRows.Make(250)];
        Api.Forget();
    }

    [TearDown]
    public void Leave() => Client.Dispose();

    protected static string Plain(JsonNode result) =>
        result.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    protected async Task<JsonNode> ReadAsync(string tool, JsonObject arguments)
    {
        var result = await CallAsync(tool, arguments);
        Assert.That((bool)result["isError"]!, Is.False, result.ToJsonString());
        return result["structuredContent"]!;
    }

    protected async Task<string> RefusedAsync(string tool, JsonObject arguments)
    {
        var result = await CallAsync(tool, arguments);
        Assert.That((bool)result["isError"]!, Is.True, result.ToJsonString());
        return (string)result["content"]![0]!["text"]!;
    }

    protected async Task<JsonNode> CallAsync(string tool, JsonObject arguments)
    {
        var answer = await Client.SendAsync(
            "/mcp",
            "2025-06-18",
            "tools/call",
            new() { ["name"] = tool, ["arguments"] = arguments }
        );
        return answer.Result;
    }
}
