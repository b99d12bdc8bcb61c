using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Answers;

[Category("Slow")]
internal sealed class UpstreamAnswerTests
{
    private const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";

    private StrictUpstream server = null!;
    private McpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        server = await StrictUpstream.StartAsync(
            ("Upstream:CallTimeout", "3s"),
            ("Upstream:MaxResponseBytes", "100000")
        );
        client = await server.ConnectAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [Test]
    public async Task CallTool_Success_ForwardsTokenAndCorrelationAndKeepsEveryDigit()
    {
        Answer(
            "/api/v1/companies",
            Request.Create().UsingGet(),
            Response
                .Create()
                .WithHeader("Content-Type", "application/json")
                .WithBody("""{"data":[{"id":12345678901234567890123,"amount":0.10,"new_member":{"a":[1.0,1e400]}}]}""")
        );
        var result = await client.CallToolAsync("listCompanies");
        Assert.That(
            result.StructuredContent!.Value.GetRawText(),
            Is.EqualTo("""{"data":[{"id":12345678901234567890123,"amount":0.10,"new_member":{"a":[1.0,1e400]}}]}""")
        );
        var sent = server.Upstream.LogEntries.Single().RequestMessage!;
        Assert.That(sent.Headers!["Authorization"].Single(), Is.EqualTo("Bearer " + server.Token));
        Assert.That(sent.Headers["X-Correlation-Id"].Single(), Is.EqualTo("test-1"));
    }

    [Test]
    public async Task CallTool_AnswerThatIsAnArray_IsWrapped()
    {
        Answer("/api/v1/companies", Request.Create().UsingGet(), Json(200, "[1,2]"));
        var result = await client.CallToolAsync("listCompanies");
        Assert.That(result.StructuredContent!.Value.GetRawText(), Is.EqualTo("""{"items":[1,2]}"""));
    }

    [Test]
    public async Task CallTool_EmptyAnswer_IsDone()
    {
        Answer(
            $"/api/v1/companies/{Company}/inventory-items/7",
            Request.Create().UsingDelete(),
            Response.Create().WithStatusCode(204)
        );
        var result = await client.CallToolAsync(
            "deleteInventoryItem",
            new Dictionary<string, object?> { ["companyUuid"] = Company, ["inventoryId"] = 7 }
        );
        Assert.That(result.IsError, Is.Not.True);
        Assert.That(result.StructuredContent!.Value.GetProperty("status").GetString(), Is.EqualTo("done"));
    }

    [TestCase(400, "Entry Locked Date")]
    [TestCase(403, "may not do this")]
    [TestCase(404, "no such record")]
    [TestCase(409, "conflicts")]
    [TestCase(415, "kind of content")]
    public async Task CallTool_ClientError_SaysStatusMessageAndNextStep(int status, string nextStep)
    {
        Answer(
            "/api/v1/companies",
            Request.Create().UsingGet(),
            Json(status, """{"message":"See https://secret.example/x for this."}""")
        );
        var (result, text) = await CallAsync("listCompanies", []);
        Assert.That(result.IsError, Is.True);
        Assert.That(
            text,
            Does.Contain($"answered {status}")
                .And.Contain("for this.")
                .And.Contain(nextStep)
                .And.Not.Contain("secret.example")
        );
    }

    [Test]
    public async Task CallTool_ValidationError_KeepsFieldAndMessage()
    {
        Answer(
            $"/api/v1/companies/{Company}/bills",
            Request.Create().UsingPost(),
            Json(
                422,
                """{"message":"Some fields need attention.","errors":{"details.1.rate":["Give a rate for this line."],"date":["Too early."]}}"""
            )
        );
        var (_, text) = await CallAsync("bills_create", new() { ["companyUuid"] = Company, ["ref_number"] = "A" });
        Assert.That(text, Does.Contain("\ndetails.1.rate: Give a rate for this line.\ndate: Too early."));
    }

    [Test]
    public async Task CallTool_TooManyRequests_TellsTheSeconds()
    {
        Answer("/api/v1/companies", Request.Create().UsingGet(), Json(429, "{}").WithHeader("Retry-After", "30"));
        var (_, text) = await CallAsync("listCompanies", []);
        Assert.That(text, Does.Contain("wait 30 seconds"));
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(1), "a pause that long is the caller's to make");
    }

    [Test]
    public async Task CallTool_ServerErrorOnRead_IsRetriedTwice()
    {
        Answer("/api/v1/companies", Request.Create().UsingGet(), Json(503, "{}"));
        var (_, text) = await CallAsync("listCompanies", []);
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(3));
        Assert.That(text, Does.Contain("may be repeated"));
    }

    [Test]
    public async Task CallTool_ServerErrorOnWrite_IsSentOnceAndItsOutcomeUnknown()
    {
        Answer($"/api/v1/companies/{Company}/bills", Request.Create().UsingPost(), Json(503, "{}"));
        var (_, text) = await CallAsync("bills_create", new() { ["companyUuid"] = Company });
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(1));
        Assert.That(text, Does.Contain("Outcome unknown"));
    }

    [Test]
    public async Task CallTool_WriteThatTimesOut_IsSentOnceAndItsOutcomeUnknown()
    {
        Answer(
            $"/api/v1/companies/{Company}/bills",
            Request.Create().UsingPost(),
            Json(200, "{}").WithDelay(TimeSpan.FromSeconds(20))
        );
        var (_, text) = await CallAsync("bills_create", new() { ["companyUuid"] = Company });
        Assert.That(text, Does.Contain("within 3 s").And.Contain("Outcome unknown"));
    }

    [Test]
    public async Task CallTool_Redirect_IsNotFollowed()
    {
        Answer("/api/v1/companies", Request.Create().UsingGet(), Json(302, "{}").WithHeader("Location", "/elsewhere"));
        var (result, _) = await CallAsync("listCompanies", []);
        Assert.That(result.IsError, Is.True);
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CallTool_AnswerOverTheLimit_SaysHowToAskForLess()
    {
        Answer("/api/v1/companies", Request.Create().UsingGet(), Json(200, $"\"{new string('a', 100_001)}\""));
        var (_, text) = await CallAsync("listCompanies", []);
        Assert.That(text, Does.Contain("larger than this server accepts").And.Contain("per_page"));
    }

    [TestCase("{\"a\":")]
    [TestCase("<html>")]
    public async Task CallTool_InvalidJson_IsAFailure(string body)
    {
        Answer("/api/v1/companies", Request.Create().UsingGet(), Json(200, body));
        var (result, text) = await CallAsync("listCompanies", []);
        Assert.That(result.IsError, Is.True);
        Assert.That(text, Does.Contain("invalid JSON"));
    }

    [Test]
    public async Task CallTool_UpstreamDown_SaysSoAndTheServerStaysUp()
    {
        server.Upstream.Stop();
        var (result, text) = await CallAsync("listCompanies", []);
        Assert.That(result.IsError, Is.True);
        Assert.That(text, Does.Contain("could not be reached"));
        Assert.That(await client.ListToolsAsync(), Has.Count.EqualTo(62));
    }

    [Test]
    public async Task CallTool_UnknownTool_NamesTheNearest()
    {
        await Assert.ThatAsync(
            async () => await client.CallToolAsync("list_companies"),
            Throws
                .InstanceOf<ModelContextProtocol.McpProtocolException>()
                .With.Message.Contains("Did you mean 'listCompanies'?")
        );
    }

    private static IResponseBuilder Json(int status, string body) =>
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body);

    private void Answer(string path, IRequestBuilder request, IResponseBuilder response) =>
        server.Upstream.Given(request.WithPath(path)).RespondWith(response);

    private async Task<(CallToolResult Result, string Text)> CallAsync(
        string tool,
        Dictionary<string, object?> arguments
    )
    {
        var result = await client.CallToolAsync(tool, arguments);
        return (result, ((TextContentBlock)result.Content[0]).Text);
    }
}
