using System.Text;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Transport.LongWork;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.LongWork;

/// <summary>The state of a task out of one answer of the API.</summary>
internal sealed class TaskStateTests
{
    private readonly JobsCatalog jobs = new();

    [TestCase(202, """{"state":"ready"}""", "working", "The work goes on: ready.")]
    [TestCase(202, "{}", "working", "The work goes on.")]
    [TestCase(202, """{"state":null}""", "working", "The work goes on.")]
    [TestCase(202, """{"state":{"x":1}}""", "working", "The work goes on.")]
    [TestCase(200, """{"state":"running"}""", "working", "The work goes on: running.")]
    [TestCase(200, """{"state":"Running"}""", "completed", "The work has ended: Running.")]
    [TestCase(200, """{"state":5}""", "completed", "The work has ended: 5.")]
    [TestCase(200, """{"items":[]}""", "completed", "The work is done.")]
    [TestCase(200, """{"state":"stopped"}""", "cancelled", "The work was cancelled: stopped.")]
    [TestCase(200, """{"state":"broken"}""", "completed", "The work has ended: broken.")]
    public void Of_AnAnswer_IsTheStateOfTheWork(int status, string body, string expected, string message)
    {
        var state = TaskState.Of(jobs.Begin, Result(status, body));
        Assert.That((state.Status, state.Message), Is.EqualTo((expected, message)));
        Assert.That(state.Result is not null, Is.EqualTo(expected == "completed"));
        Assert.That(state.Result?.IsError ?? false, Is.EqualTo(body.Contains("broken", StringComparison.Ordinal)));
        Assert.That(state.Pause, Is.EqualTo(expected == "working" ? TimeSpan.FromSeconds(5) : null));
    }

    [Test]
    public void Of_ALongState_ShowsItsBeginning() =>
        Assert.That(
            TaskState.Of(jobs.Begin, Result(202, $$"""{"state":"{{new string('x', 101)}}"}""")).Message,
            Is.EqualTo($"The work goes on: {new string('x', 100)}.")
        );

    [TestCase("3", 3)]
    [TestCase("-3", 1)]
    [TestCase("1.5", 5)]
    [TestCase("\"3\"", 5)]
    [TestCase("99999999999", 5)]
    public void Of_AnAnswerWithAPause_HasIt(string pause, int expected) =>
        Assert.That(
            TaskState.Of(jobs.Begin, Result(202, $$"""{"retry_after_seconds":{{pause}}}""")).Pause,
            Is.EqualTo(TimeSpan.FromSeconds(expected))
        );

    [TestCase(FailureKind.Timeout, 0, "working")]
    [TestCase(FailureKind.Connection, 0, "working")]
    [TestCase(FailureKind.Paused, 0, "working")]
    [TestCase(FailureKind.Busy, 0, "working")]
    [TestCase(FailureKind.Credential, 0, "working")]
    [TestCase(FailureKind.NotJson, 200, "working")]
    [TestCase(FailureKind.Status, 408, "working")]
    [TestCase(FailureKind.Status, 429, "working")]
    [TestCase(FailureKind.Status, 500, "working")]
    [TestCase(FailureKind.Status, 403, "completed")]
    [TestCase(FailureKind.Status, 404, "completed")]
    [TestCase(FailureKind.Status, 499, "completed")]
    [TestCase(FailureKind.Arguments, 0, "completed")]
    [TestCase(FailureKind.TooLarge, 200, "completed")]
    [TestCase(FailureKind.Retired, 0, "completed")]
    public void Of_AFailure_EndsTheTaskOnlyIfItStays(FailureKind kind, int status, string expected)
    {
        var failure = ToolResult.Failure("It failed.", kind) with { UpstreamStatus = status };
        var state = TaskState.Of(jobs.Begin, failure);
        Assert.That((state.Status, state.Message), Is.EqualTo((expected, "It failed.")));
        Assert.That(state.Result?.IsError, Is.EqualTo(expected == "completed" ? true : null));
    }

    private static ToolResult Result(int status, string body) =>
        new(null, Encoding.UTF8.GetBytes(body), IsError: false) { UpstreamStatus = status };
}
