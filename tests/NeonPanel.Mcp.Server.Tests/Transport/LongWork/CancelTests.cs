using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.LongWork;

/// <summary>Tasks of an API that can cancel its work, and that answers 200 while the work goes on.</summary>
internal sealed class CancelTests
{
    private JobsCatalog jobs = null!;
    private StrictUpstream server = null!;
    private TaskClient client = null!;
    private string id = null!;

    [SetUp]
    public async Task StartAsync()
    {
        jobs = new();
        server = await StrictUpstream.StartAsync(_ => { }, [], jobs.Catalog);
        client = new(server.Address.ToString(), server.Token);
        id = await client.BeginAsync("begin", """{"shop":"north","speed":"slow"}""");
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Get_PassesOnWhatBothToolsHave_AndTheId()
    {
        var task = (await client.GetAsync(id)).Result;
        Assert.That((string?)task["status"], Is.EqualTo("working"));
        Assert.That(jobs.Calls[^1], Is.EqualTo("""job {"shop":"north","jobId":7}"""));
    }

    [Test]
    public async Task Cancel_CallsTheToolThatCancels()
    {
        TaskTests.AssertAcknowledgement(await client.TaskAsync("cancel", id));
        Assert.That(jobs.Calls[^1], Is.EqualTo("""stop {"shop":"north","jobId":7}"""));
        jobs.Answer = _ => (200, """{"state":"stopped"}""");
        var task = (await client.GetAsync(id)).Result;
        Assert.That((string?)task["status"], Is.EqualTo("cancelled"));
        Assert.That((string?)task["statusMessage"], Is.EqualTo("The work was cancelled: stopped."));
        Assert.That(task.AsObject().ContainsKey("result"), Is.False);
    }

    // The tool that cancels asks before a usual call (Mcp:Forms). Here the client already knows what its user wants.
    [Test]
    public async Task Cancel_OfAClientWithForms_AsksNothing()
    {
        using var other = new TaskClient(server.Address.ToString(), server.Token)
        {
            Capabilities = """{"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}""",
        };
        Assert.That(jobs.Catalog.Tools.Single(tool => tool.Name == "stop").Confirms, Is.True);
        TaskTests.AssertAcknowledgement(await other.TaskAsync("cancel", id));
        Assert.That(jobs.Calls[^1], Does.StartWith("stop "));
    }

    // The work has ended, or was cancelled before (SEP-2663: the acknowledgement is the same).
    [TestCase(404)]
    [TestCase(409)]
    public async Task Cancel_OfAWorkThatHasEnded_IsAcknowledged(int status)
    {
        jobs.Answer = _ => (status, "{}");
        TaskTests.AssertAcknowledgement(await client.TaskAsync("cancel", id));
    }

    [Test]
    public async Task Cancel_ThatTheApiCannotTake_IsAnError()
    {
        jobs.Answer = _ => (503, """{"message":"Later."}""");
        var answer = await client.TaskAsync("cancel", id);
        Assert.That(answer.ErrorCode, Is.EqualTo(-32603));
        Assert.That(
            (string?)answer.Message!["error"]!["message"],
            Does.StartWith("The task was not cancelled: stop failed: Jobs answered 503. It says: Later.")
        );
    }
}
