using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.LongWork;

/// <summary>An import as a task (SEP-2663): begun, asked for and cancelled by a client that knows tasks.</summary>
internal sealed class TaskTests
{
    private const string Tool = "createDocumentsByPdf";
    private const string StatusRequest =
        $"GET /api/v1/companies/{ImportApi.Company}/import/bill/status/{ImportApi.Request}";

    private ImportApi api = null!;
    private ProtectedServer server = null!;
    private TaskClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        api = new();
        server = await ProtectedServer.StartAsync(
            ("Auth:EnforceToolScopes", "true"),
            ("Upstream:Retries", "0"),
            ("Writes:HoldRepeats", "false")
        );
        server.Issuer.Api = api.AnswerAsync;
        client = new(server.Address, server.Issuer.Token());
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Call_OfAClientWithTasks_ReturnsATaskAtOnce()
    {
        var before = server.Clock.GetUtcNow();
        var result = (await client.CallAsync(Tool, ImportApi.Arguments)).Result.AsObject();
        Assert.That(
            result.Select(member => member.Key),
            Is.EqualTo(
                new[]
                {
                    "resultType",
                    "taskId",
                    "status",
                    "statusMessage",
                    "createdAt",
                    "lastUpdatedAt",
                    "ttlMs",
                    "pollIntervalMs",
                    "_meta",
                }
            )
        );
        Assert.That((string?)result["resultType"], Is.EqualTo("task"));
        Assert.That((string?)result["status"], Is.EqualTo("working"));
        Assert.That((string?)result["statusMessage"], Is.EqualTo("The work has begun."));
        Assert.That((long)result["ttlMs"]!, Is.EqualTo(86_400_000));
        Assert.That((long)result["pollIntervalMs"]!, Is.EqualTo(15_000));
        Assert.That((string?)result["createdAt"], Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
        Assert.That(
            DateTimeOffset.Parse((string)result["createdAt"]!, System.Globalization.CultureInfo.InvariantCulture),
            Is.EqualTo(before).Within(TimeSpan.FromSeconds(10))
        );
        Assert.That((string?)result["taskId"], Does.Match("^[A-Za-z0-9_-]{150,600}$"));
        Assert.That(api.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("{}")]
    [TestCase("""{"extensions":{}}""")]
    [TestCase("""{"extensions":{"io.modelcontextprotocol/ui":{}}}""")]
    [TestCase("""{"tasks":{}}""")]
    public async Task Call_OfAnotherClient_IsUnchanged(string capabilities)
    {
        using var other = new TaskClient(server.Address, server.Issuer.Token()) { Capabilities = capabilities };
        AssertUsual(await other.CallAsync(Tool, ImportApi.Arguments));
    }

    // Before 2026-07-28, capabilities are not in the request: what looks like them is not.
    [Test]
    public async Task Call_InAnEarlierRevision_IsUnchanged()
    {
        using var rpc = new RpcClient(new(server.Address), server.Issuer.Token());
        var parameters = new JsonObject
        {
            ["name"] = Tool,
            ["arguments"] = JsonNode.Parse(ImportApi.Arguments),
            ["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(client.Capabilities),
            },
        };
        AssertUsual(await rpc.SendAsync("/mcp", "2025-11-25", "tools/call", parameters));
    }

    [TestCase(400, """{"message":"No."}""")]
    [TestCase(202, """{"status":"queued"}""")]
    public async Task Call_ThatBeginsNoWork_HasItsOwnResult(int status, string body)
    {
        api.Begun = (status, body, null);
        var result = (await client.CallAsync(Tool, ImportApi.Arguments)).Result;
        Assert.That((string?)result["resultType"], Is.EqualTo("complete"));
        Assert.That(result["content"], Is.Not.Null);
        Assert.That((bool)result["isError"]!, Is.EqualTo(status == 400));
    }

    [Test]
    public async Task Call_ThatOnlyPreviews_HasItsOwnResult()
    {
        var arguments = ImportApi.Arguments.Replace(
            "{\"company",
            "{\"preview\":true,\"company",
            StringComparison.Ordinal
        );
        var result = (await client.CallAsync(Tool, arguments)).Result;
        Assert.That((string?)result["resultType"], Is.EqualTo("complete"));
        Assert.That(api.Requests, Is.Empty);
    }

    [Test]
    public async Task Call_OfAnotherTool_IsUnchanged()
    {
        var result = (await client.CallAsync("listCompanies")).Result;
        Assert.That((string?)result["resultType"], Is.EqualTo("complete"));
        Assert.That(result["content"], Is.Not.Null);
    }

    // A message that the SDK answers, because it has a member of the earlier tasks.
    [Test]
    public async Task Call_OnTheOtherPath_ReturnsATaskToo()
    {
        var answer = await client.SendAsync(
            "tools/call",
            $$"""{"name":"{{Tool}}","arguments":{{ImportApi.Arguments}},"task":{"ttl":1} }""",
            Tool
        );
        Assert.That((string?)answer.Result["resultType"], Is.EqualTo("task"));
    }

    [TestCase("7", 7000)]
    [TestCase("0", 1000)]
    [TestCase(null, 5000)]
    public async Task Get_WhileTheWorkGoesOn_HasThePauseOfTheApi(string? pause, int expected)
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        api.State = (202, """{"status":"processing"}""", pause);
        var task = (await client.GetAsync(id)).Result;
        Assert.That((string?)task["resultType"], Is.EqualTo("complete"));
        Assert.That((string?)task["taskId"], Is.EqualTo(id));
        Assert.That((string?)task["status"], Is.EqualTo("working"));
        Assert.That((string?)task["statusMessage"], Is.EqualTo("The work goes on: processing."));
        Assert.That((int)task["pollIntervalMs"]!, Is.EqualTo(expected));
        Assert.That(task.AsObject().ContainsKey("result"), Is.False);
        Assert.That(api.Requests[^1], Is.EqualTo(StatusRequest));
    }

    [Test]
    public async Task Get_OfADoneWork_HasTheResultOfTheCall()
    {
        var begun = (await client.CallAsync(Tool, ImportApi.Arguments)).Result;
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        api.State = (200, """{"status":"done","documents":[{"ref_number":"A-1"}]}""", null);
        var task = (await client.GetAsync((string)begun["taskId"]!)).Result;
        Assert.That((string?)task["status"], Is.EqualTo("completed"));
        Assert.That(task.AsObject().ContainsKey("pollIntervalMs"), Is.False);
        Assert.That((string?)task["createdAt"], Is.EqualTo((string?)begun["createdAt"]));
        Assert.That((string?)task["lastUpdatedAt"], Is.GreaterThan((string)begun["lastUpdatedAt"]!));
        var result = task["result"]!;
        Assert.That((bool)result["isError"]!, Is.False);
        Assert.That((string?)result["structuredContent"]!["documents"]![0]!["ref_number"], Is.EqualTo("A-1"));
        Assert.That((string?)result["content"]![0]!["text"], Does.Contain("A-1"));
    }

    [Test]
    public async Task Get_OfAFailedWork_IsCompletedWithAnError()
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        api.State = (200, """{"status":"error","message":"No lines."}""", null);
        var task = (await client.GetAsync(id)).Result;
        Assert.That((string?)task["status"], Is.EqualTo("completed"));
        Assert.That((bool)task["result"]!["isError"]!, Is.True);
        Assert.That(
            (string?)task["result"]!["content"]![0]!["text"],
            Is.EqualTo(
                """createDocumentsByPdf failed: its work ended as 'error'. The last answer: {"status":"error","message":"No lines."}"""
            )
        );
    }

    [TestCase(503)]
    [TestCase(429)]
    public async Task Get_WhileTheApiCannotAnswer_GoesOn(int status)
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        api.State = (status, "{}", null);
        var task = (await client.GetAsync(id)).Result;
        Assert.That((string?)task["status"], Is.EqualTo("working"));
        Assert.That(
            (string?)task["statusMessage"],
            Does.StartWith($"checkImportStatus failed: NeonPanel answered {status}.")
        );
        Assert.That((int)task["pollIntervalMs"]!, Is.EqualTo(5000));
    }

    [Test]
    public async Task Get_OfAWorkThatTheApiDoesNotKnow_IsCompletedWithAnError()
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        api.State = (404, "{}", null);
        var task = (await client.GetAsync(id)).Result;
        Assert.That((string?)task["status"], Is.EqualTo("completed"));
        Assert.That((bool)task["result"]!["isError"]!, Is.True);
    }

    [Test]
    public async Task Get_WithATokenThatTheApiRejects_Is401()
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        api.State = (401, "{}", null);
        var answer = await client.GetAsync(id);
        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Headers["WWW-Authenticate"], Does.Contain("error=\"invalid_token\""));
    }

    // The API cannot cancel an import, so the task goes on; the server only acknowledges (SEP-2663, "Task
    // Cancellation").
    [Test]
    public async Task Cancel_IsAcknowledged_AndNothingIsSent()
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        var answer = await client.TaskAsync("cancel", id);
        AssertAcknowledgement(answer);
        Assert.That(api.Requests, Has.Count.EqualTo(1));
        Assert.That((string?)(await client.GetAsync(id)).Result["status"], Is.EqualTo("working"));
    }

    [Test]
    public async Task Update_WithAnswersThatNobodyAskedFor_IsAcknowledged()
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        AssertAcknowledgement(
            await client.TaskAsync("update", id, """ "inputResponses":{"name":{"action":"accept"}},""")
        );
        Assert.That(api.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("")]
    [TestCase(""" "inputResponses":[],""")]
    public async Task Update_WithoutAnswers_IsAnError(string responses)
    {
        var id = await client.BeginAsync(Tool, ImportApi.Arguments);
        AssertFault(
            await client.TaskAsync("update", id, responses),
            -32602,
            "tasks/update needs an object in 'params.inputResponses'."
        );
    }

    [Test]
    public async Task Call_WithANote_HasItAsMessage()
    {
        var arguments = ImportApi.Arguments.Replace("companyUuid", "company_uuid", StringComparison.Ordinal);
        var result = (await client.CallAsync(Tool, arguments)).Result;
        Assert.That((string?)result["statusMessage"], Does.Contain("company_uuid").And.Contain("companyUuid"));
    }

    [Test]
    public async Task Discover_NamesTheExtension_WhereAToolBeginsTasks()
    {
        foreach (var (path, isNamed) in new[] { ("/mcp", true), ("/mcp/core", true), ("/mcp/read", false) })
        {
            using var there = new TaskClient(server.Address, server.Issuer.Token()) { Path = path };
            var capabilities = (await there.SendAsync("server/discover", "{}")).Result["capabilities"]!;
            Assert.That(
                capabilities["extensions"]?["io.modelcontextprotocol/tasks"] is not null,
                Is.EqualTo(isNamed),
                path
            );
            Assert.That(capabilities["tasks"], Is.Null);
        }
    }

    [Test]
    public async Task Initialize_DoesNotNameTheExtension()
    {
        using var rpc = new RpcClient(new(server.Address), server.Issuer.Token());
        var parameters = JsonNode.Parse(
            """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}"""
        );
        var result = (await rpc.SendAsync("/mcp", "2025-11-25", "initialize", parameters!.AsObject())).Result;
        Assert.That(result["capabilities"]!.ToJsonString(), Does.Not.Contain("tasks"));
    }

    private static void AssertUsual(RpcAnswer answer)
    {
        Assert.That(
            answer.Result["structuredContent"]!.ToJsonString(),
            Is.EqualTo($$"""{"retry_after_seconds":15,"request_id":"{{ImportApi.Request}}","status":"queued"}""")
        );
        Assert.That(answer.Result["taskId"], Is.Null);
    }

    internal static void AssertAcknowledgement(RpcAnswer answer)
    {
        var result = answer.Result.AsObject();
        Assert.That((string?)result["resultType"], Is.EqualTo("complete"));
        Assert.That(result.Select(member => member.Key), Is.EqualTo(new[] { "resultType", "_meta" }));
    }

    internal static void AssertFault(RpcAnswer answer, int code, string expected)
    {
        Assert.That(answer.ErrorCode, Is.EqualTo(code));
        Assert.That((string?)answer.Message!["error"]!["message"], Is.EqualTo(expected));
    }
}
