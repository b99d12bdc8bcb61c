using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The workflow's steps on this machine, from a file server to the text of the pull request.</summary>
[Category("Slow"), Category("Process")]
internal sealed class RefreshWorkflowTests
{
    private FileServer server = null!;
    private RefreshWorkflow workflow = null!;

    [SetUp]
    public void Create()
    {
        if (RefreshWorkflow.ReasonAgainst() is { } reason)
        {
            Assert.Ignore(reason);
        }

        server = new();
        workflow = new(server.Address);
    }

    [TearDown]
    public void Delete()
    {
        workflow?.Dispose();
        server?.Dispose();
    }

    [Test]
    public void Workflow_OfChangesThatBreakNobody_EndsInAPullRequestThatExplainsThem()
    {
        server.Serve(Edited("operation added", "maximum raised", "possible value added", "texts that no tool shows"));
        var (ran, code, output) = workflow.Run();
        Assert.That(code, Is.Zero, output);
        Assert.That(
            ran,
            Is.EqualTo(
                new[]
                {
                    "Refresh",
                    "Write down the client's public API",
                    "Collect what the pull request holds",
                    "Open the pull request",
                }
            )
        );
        Assert.That(
            workflow.Calls,
            Is.EqualTo($"pr create --title Refresh the specification --body-file {workflow.Artifact}/refresh.md\n")
        );
        Assert.That(
            workflow.Pushed("refresh-spec"),
            Is.EqualTo(
                "CHANGELOG.md\nspec/neonpanel.openapi.json\nspec/neonpanel.tools.lock.json\nsrc/NeonPanel.Client/PublicApi.txt\nRefresh the specification\n"
            )
        );

        // The facts that a reader needs who has not opened the specification: the verdict, the callers that it
        // concerns, the tools, and the values before and after.
        var lines = workflow.Body.Split('\n');
        Assert.That(lines[0], Is.EqualTo("# NeonPanel API 1.2.0-beta"));
        Assert.That(
            lines[2],
            Is.EqualTo(
                "**Risky for agents: calls still work, but may be chosen or read differently (3 risky, 2 additive). Typed C\\# callers: compatible.**"
            )
        );
        Assert.That(
            lines,
            Does.Contain(
                "| listCompanies | The argument 'per\\_page' has another maximum: 60 before, 100 now. | 60 | 100 | compatible |"
            )
        );
        Assert.That(
            lines,
            Has.Some.StartsWith(
                "| vendors\\_probe | The tool is new: Probe (HEAD /api/v1/companies/{companyUuid}/vendors). |"
            )
        );
        Assert.That(
            lines,
            Has.Some.StartsWith("| checkImportStatus, createDocuments, createDocumentsByPdf | ")
                .And.Some.Contains("In the answer 'status' may be \"paused\" too.")
        );
        Assert.That(
            workflow.Body,
            Does.Contain("5 changes of names, arguments, answers or meaning; 0 of texts that agents read.")
        );
        Assert.That(workflow.Body, Does.Not.Contain("#/paths").And.Not.Contain("$ref"), "nothing to look up");
        Assert.That(workflow.Summary, Is.EqualTo(workflow.Body));
    }

    [Test]
    public void Workflow_OfABreakingChange_PushesNothingAndSaysWhatBreaks()
    {
        server.Serve(Edited("argument removed"));
        var (ran, code, output) = workflow.Run();
        Assert.That(ran, Is.EqualTo(new[] { "Refresh", "Tell what breaks" }));
        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain("::error::The specification changed in a way that breaks published tools; see the summary.")
        );
        Assert.That(
            workflow.Summary,
            Does.Contain("**Breaking for agents: ")
                .And.Contain("| bills\\_list | The argument 'search' is gone. |")
                .And.Contain("Nothing was written")
        );
        Assert.That(workflow.Calls, Is.Empty);
    }

    [Test]
    public void Workflow_OfTheSameUnderANewTag_OpensNothing()
    {
        server.ETag = "\"v3\"";
        server.Serve(Edited("members of every object in another order"));
        var (ran, code, output) = workflow.Run();
        Assert.That(code, Is.Zero, output);
        Assert.That(
            ran,
            Is.EqualTo(new[] { "Refresh", "Write down the client's public API", "Collect what the pull request holds" })
        );
        Assert.That(workflow.Summary, Does.StartWith("**No change.**"));
        Assert.That(workflow.Calls, Is.Empty);
    }

    [Test]
    public void Workflow_WhereNothingCanBeFetched_Fails()
    {
        server.Status = 503;
        var (ran, code, output) = workflow.Run();
        Assert.That((string.Join(' ', ran), code), Is.EqualTo(("Refresh", 5)));
        Assert.That(output, Does.Contain("The server answered 503"));
    }

    private static string Edited(params string[] edits)
    {
        JsonObject document = OurSpecification.Document();
        foreach (var edit in edits)
        {
            EditTable.Find(edit).Apply(new(document));
        }

        return document.ToJsonString();
    }
}
