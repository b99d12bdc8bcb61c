using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The overlay's <c>x-mcp.task</c>: the tools that begin a long work.</summary>
internal sealed class WorkTests
{
    private const string Least = """{"poll":"job","id":{"jobId":"job.id"}}""";

    [Test]
    public void Emit_Task_NamesHowTheWorkIsSeen() =>
        Assert.That(
            TextOf(
                """{"poll":"job","id":{"jobId":"job.id"},"state":"state","working":["running"],"failed":["broken"],"cancelled":["stopped"],"cancel":"stopJob"}"""
            ),
            Does.Contain(
                """
                        Work = new("job", "jobId", "job.id", ["shop"]) { State = "state", Working = ["running"], Failed = ["broken"], Cancelled = ["stopped"], Cancel = "stopJob" },
                """
            )
        );

    [Test]
    public void Emit_TaskWithoutStates_HasNone() =>
        Assert.That(TextOf(Least), Does.Contain("        Work = new(\"job\", \"jobId\", \"job.id\", [\"shop\"]),\n"));

    [Test]
    public void Emit_WithoutTask_HasNoWork() => Assert.That(TextOf("null"), Does.Not.Contain("Work ="));

    [TestCase("""{"id":{"jobId":"job.id"}}""", "there is no tool ''")]
    [TestCase("""{"poll":"jb","id":{"jobId":"job.id"}}""", "there is no tool 'jb'; did you mean 'job'?")]
    [TestCase("""{"poll":"stopJob","id":{"jobId":"job.id"}}""", "'stopJob' must be a tool that only reads")]
    [TestCase("""{"poll":"job"}""", "'id' must be an object with one member")]
    [TestCase("""{"poll":"job","id":{"jobId":"job.id","shop":"job.id"}}""", "'id' must be an object with one member")]
    [TestCase("""{"poll":"job","id":{"jobId":5}}""", "'id' must be an object with one member")]
    [TestCase("""{"poll":"job","id":{"jobID":"job.id"}}""", "'job' has no argument 'jobID'; did you mean 'jobId'?")]
    [TestCase("""{"poll":"job","id":{"shop":"job.id"}}""", "'job' needs 'jobId', which is neither in 'id'")]
    [TestCase("""{"poll":"job","id":{"jobId":"id"}}""", "the answer of 'begin' has no member 'id'")]
    [TestCase("""{"poll":"job","id":{"jobId":"job.id"},"state":"stat"}""", "the answer of 'job' has no member 'stat'")]
    [TestCase("""{"poll":"job","id":{"jobId":"job.id"},"failed":["broken"]}""", "'failed' needs 'state'")]
    [TestCase(
        """{"poll":"job","id":{"jobId":"job.id"},"state":"state","failed":"broken"}""",
        "'failed' must be a list of texts"
    )]
    [TestCase(
        """{"poll":"job","id":{"jobId":"job.id"},"state":"state","failed":["brokn"]}""",
        "'state' of 'job' is never 'brokn'; did you mean 'broken'?"
    )]
    [TestCase("""{"poll":"job","id":{"jobId":"job.id"},"cancel":"stop"}""", "there is no tool 'stop'")]
    [TestCase(
        """{"poll":"job","id":{"jobId":"job.id"},"cancel":"stopNow"}""",
        "'stopNow' needs 'reason', which the tool that reads the state does not have"
    )]
    [TestCase(
        """{"poll":"job","id":{"jobId":"job.id"},"states":"state"}""",
        "there is no member 'states'; did you mean 'state'?"
    )]
    public void Run_TaskThatCannotBe_IsAnError(string task, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(task))!;
        Assert.That(
            (fault.Diagnostic.Id, fault.Diagnostic.Severity, fault.Diagnostic.Pointer),
            Is.EqualTo((DiagnosticIds.OverlayMember, Severity.Error, "/paths/~1{shop}~1jobs/post/x-mcp/task"))
        );
        Assert.That(fault.Diagnostic.Message, Does.StartWith("x-mcp.task: ").And.Contain(expected));
    }

    private static string TextOf(string task) =>
        ToolEmitter
            .Emit(Run(task).Catalog, "Other")
            .Single(file => file.Path.EndsWith("BeginTool.g.cs", StringComparison.Ordinal))
            .Text;

    private static GenerationPipeline Run(string task) =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"Shop API","version":"1"},"paths":{"/{shop}/jobs":{
            "parameters":[{"name":"shop","in":"path","required":true,"schema":{"type":"string"}}],
            "post":{"operationId":"begin","x-mcp":{"task":TASK},
            "responses":{"202":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{
            "job":{"type":"object","properties":{"id":{"type":"string"}}}}}}}}}}},
            "/{shop}/jobs/{jobId}":{
            "parameters":[{"name":"shop","in":"path","required":true,"schema":{"type":"string"}},
            {"name":"jobId","in":"path","required":true,"schema":{"type":"string"}}],
            "get":{"operationId":"job","responses":{"200":{"description":"d","content":{"application/json":{"schema":{
            "type":"object","properties":{"state":{"type":"string","enum":["running","ready","broken","stopped"]}}}}}}}},
            "delete":{"operationId":"stopJob","responses":{"204":{"description":"d"}}},
            "put":{"operationId":"stopNow","parameters":[{"name":"reason","in":"query","required":true,"schema":{"type":"string"}}],
            "responses":{"204":{"description":"d"}}}}}}
            """.Replace("TASK", task, StringComparison.Ordinal)
        );
}
