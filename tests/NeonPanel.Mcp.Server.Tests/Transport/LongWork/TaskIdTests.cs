using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.LongWork;

/// <summary>The ids of tasks: on which instance, for whom and for how long they are valid.</summary>
internal sealed class TaskIdTests
{
    private const string Tool = "createDocumentsByPdf";
    private const string Unreadable =
        "'params.taskId' is not an id of this server: it is incomplete, too long, or of another server. Send the 'taskId' of the result of tools/call without change.";
    private const string Forged =
        "'params.taskId' does not have a signature of this server: it was changed, or signed with another key (Mcp:StateKey), such as that before a restart. The work itself may go on: look for its outcome with the tools that read.";

    private static readonly (string, string)[] Settings =
    [
        ("Mcp:StateKey", "0123456789abcdef0123456789abcdef"),
        ("Auth:EnforceToolScopes", "true"),
        ("Auth:TokenCacheTime", "1s"),
    ];

    private static readonly string[] Methods = ["get", "update", "cancel"];

    private ImportApi api = null!;
    private ProtectedServer server = null!;
    private TaskClient client = null!;
    private string id = null!;

    [SetUp]
    public async Task StartAsync()
    {
        api = new();
        server = await ProtectedServer.StartAsync(Settings);
        server.Issuer.Api = api.AnswerAsync;
        client = new(server.Address, Token());
        id = await client.BeginAsync(Tool, ImportApi.Arguments);
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    // An instance that started after the task began has nothing but the key: it is a restarted one as well.
    [Test]
    public async Task Get_AtAnotherInstanceWithTheKey_ReadsTheState()
    {
        await using var second = await server.StartBesideAsync(Settings);
        using var other = new TaskClient(second.Address, Token());
        Assert.That((string?)(await other.GetAsync(id)).Result["status"], Is.EqualTo("working"));
        TaskTests.AssertAcknowledgement(await other.TaskAsync("cancel", id));
    }

    [Test]
    public async Task Get_AtAnotherInstanceWithoutTheKey_IsRefused()
    {
        await using var second = await server.StartBesideAsync([("Auth:EnforceToolScopes", "true")]);
        using var other = new TaskClient(second.Address, Token());
        TaskTests.AssertFault(await other.GetAsync(id), -32602, Forged);
    }

    [Test]
    public async Task Task_OfAnotherUser_IsRefused()
    {
        using var other = new TaskClient(server.Address, Token("another"));
        await AssertRefusedAsync(
            other,
            id,
            "'params.taskId' belongs to another user. Sign in as the user who began the task."
        );
    }

    [TestCase(-1, null)]
    [TestCase(
        0,
        "'params.taskId' has expired: a task can be asked for 24 h. The work itself may go on: look for its outcome with the tools that read."
    )]
    public async Task Task_AtTheEndOfItsTime_IsRefused(int minutes, string? expected)
    {
        server.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(minutes));
        if (expected is null)
        {
            Assert.That((string?)(await client.GetAsync(id)).Result["status"], Is.EqualTo("working"));
            return;
        }

        await AssertRefusedAsync(client, id, expected);
    }

    [Test]
    public async Task Task_WithAChangedId_IsRefused()
    {
        var changed = (id[100] == 'A' ? 'B' : 'A').ToString();
        await AssertRefusedAsync(client, id[..100] + changed + id[101..], Forged);
    }

    [Test]
    public async Task Task_WithATruncatedId_IsRefused()
    {
        await AssertRefusedAsync(client, id[..60], Unreadable);
        var answer = await client.GetAsync(id[..^4]);
        Assert.That(answer.ErrorCode, Is.EqualTo(-32602));
    }

    [Test]
    public async Task Task_WithAnIdOfAnotherServer_IsRefused()
    {
        await AssertRefusedAsync(client, "786512e2-9e0d-44bd-8f29-789f320fe840", Unreadable);
        await AssertRefusedAsync(client, new string('A', 4097), Unreadable);
    }

    // The SDK compares the id with the header first (SEP-2663, "Routing Headers").
    [TestCase("{}", -32020)]
    [TestCase("""{"taskId":5}""", -32600)]
    public async Task Task_WithoutAnIdInItsMessage_IsRefused(string parameters, int expected)
    {
        foreach (var method in Methods)
        {
            var answer = await client.SendAsync("tasks/" + method, parameters, "5");
            Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((400, expected)), method);
        }
    }

    [Test]
    public async Task Task_WithAnotherIdInTheHeader_IsRefused()
    {
        var answer = await client.SendAsync("tasks/get", $$"""{"taskId":"{{id}}"}""", "another");
        Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((400, -32020)));
    }

    [Test]
    public async Task Task_OfAClientWithoutTasks_NamesTheCapability()
    {
        using var other = new TaskClient(server.Address, Token()) { Capabilities = "{}" };
        foreach (var method in Methods)
        {
            var answer = await other.TaskAsync(method, id, """ "inputResponses":{},""");
            Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((400, -32021)), method);
            Assert.That(
                answer.Message!["error"]!["data"]!.ToJsonString(),
                Is.EqualTo("""{"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}""")
            );
        }
    }

    [TestCase("{}", -32021)]
    [TestCase("""{"extensions":{"io.modelcontextprotocol/tasks":{}}}""", null)]
    public async Task Listen_ForTasks_NeedsTheCapability(string capabilities, int? expected)
    {
        using var other = new TaskClient(server.Address, Token()) { Capabilities = capabilities };
        var answer = await other.SendAsync("subscriptions/listen", """{"notifications":{"taskIds":["x"]}}""");
        if (expected is not null)
        {
            Assert.That(answer.ErrorCode, Is.EqualTo(expected));
            return;
        }

        // No notification was agreed to: clients ask.
        Assert.That(answer.Body, Does.Contain("notifications/subscriptions/acknowledged").And.Not.Contain("taskIds"));
    }

    [Test]
    public async Task Task_InAnEarlierRevision_IsUnknown()
    {
        using var rpc = new RpcClient(new(server.Address), Token());
        var parameters = new System.Text.Json.Nodes.JsonObject { ["taskId"] = id };
        var answer = await rpc.SendAsync("/mcp", "2025-11-25", "tasks/get", parameters);
        TaskTests.AssertFault(answer, -32601, "Method 'tasks/get' is not available.");
    }

    [TestCase("list")]
    [TestCase("result")]
    public async Task Method_OfTheEarlierTasks_IsUnknown(string method) =>
        Assert.That((await client.TaskAsync(method, id)).ErrorCode, Is.EqualTo(-32601));

    [Test]
    public async Task Get_AtAnAddressWithoutTheTool_IsRefused()
    {
        using var other = new TaskClient(server.Address, Token()) { Path = "/mcp/read" };
        TaskTests.AssertFault(
            await other.GetAsync(id),
            -32602,
            "'params.taskId' belongs to the tool 'createDocumentsByPdf', which is not among those of this address, whose profile is 'read'."
        );
    }

    // The same challenge as for a call of the tool, so that the client asks for the scope (RFC 6750 §3.1).
    [Test]
    public async Task Get_WithoutTheScopesOfTheTool_IsTheChallengeOfTheTool()
    {
        using var other = new TaskClient(server.Address, Token(scope: "profile"));
        var before = api.Requests.Count;
        var answer = await other.GetAsync(id);
        var reference = await other.CallAsync("checkImportStatus");
        Assert.That((answer.Status, reference.Status), Is.EqualTo((403, 403)));
        Assert.That(answer.Headers["WWW-Authenticate"], Is.EqualTo(reference.Headers["WWW-Authenticate"]));
        Assert.That(answer.Headers["WWW-Authenticate"], Does.Contain("insufficient_scope").And.Contain("openid"));
        Assert.That(answer.Body, Is.EqualTo(reference.Body));
        Assert.That(api.Requests, Has.Count.EqualTo(before));
    }

    [Test]
    public async Task Get_WithoutAToken_IsAChallenge()
    {
        using var other = new TaskClient(server.Address, null);
        Assert.That((await other.GetAsync(id)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Get_OverTheLimitOfCalls_IsRefused()
    {
        await using var second = await server.StartBesideAsync([.. Settings, ("Limits:CallsPerMinutePerUser", "2")]);
        using var other = new TaskClient(second.Address, Token());
        await other.GetAsync(id);
        await other.GetAsync(id);
        Assert.That((await other.GetAsync(id)).Status, Is.EqualTo(429));
    }

    // The id travels in a header, which proxies limit.
    [Test]
    public async Task Call_WhoseWorkHasALongId_HasItsOwnResult()
    {
        api.Begun = (202, $$"""{"request_id":"{{new string('x', 2048)}}"}""", null);
        var result = (
            await client.CallAsync(Tool, ImportApi.Arguments.Replace("a.pdf", "b.pdf", StringComparison.Ordinal))
        ).Result;
        Assert.That((string?)result["resultType"], Is.EqualTo("complete"));
    }

    // The same import again begins no second one (rule D13), and its task shows the first.
    [Test]
    public async Task Call_Repeated_ReturnsATaskOfTheSameWork()
    {
        var result = (await client.CallAsync(Tool, ImportApi.Arguments)).Result;
        Assert.That((string?)result["resultType"], Is.EqualTo("task"));
        Assert.That((string?)result["statusMessage"], Does.StartWith("Nothing was sent again"));
        Assert.That(api.Requests, Has.Count.EqualTo(1));
        Assert.That(
            (string?)(await client.GetAsync((string)result["taskId"]!)).Result["status"],
            Is.EqualTo("working")
        );
    }

    private static async Task AssertRefusedAsync(TaskClient client, string id, string expected)
    {
        foreach (var method in Methods)
        {
            TaskTests.AssertFault(await client.TaskAsync(method, id, """ "inputResponses":{},"""), -32602, expected);
        }
    }

    private string Token(string subject = "user", string scope = "openid") =>
        server.Issuer.Token(body =>
        {
            body["sub"] = subject;
            body["scope"] = scope;
            body["exp"] = TestIssuer.Now + 100_000_000;
        });
}
