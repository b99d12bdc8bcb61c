using NUnit.Framework;
using YamlDotNet.RepresentationModel;

namespace NeonPanel.Mcp.Deploy.Tests.Release;

/// <summary>Rules that every workflow keeps, read from its file.</summary>
internal sealed class WorkflowTests
{
    private static IEnumerable<string> Files =>
        Directory.GetFiles(Path.Combine(Repository.Root, ".github/workflows")).Select(file => Path.GetFileName(file)!);

    private static IEnumerable<TestCaseData> Jobs =>
        Files
            .SelectMany(file => WorkflowJob.ReadAll(file))
            .Select(job => new TestCaseData(job).SetArgDisplayNames(job.Name));

    // A tag can be moved to other code; a full commit hash cannot.
    [TestCaseSource(nameof(Files))]
    public void Workflow_Actions_ArePinnedByCommit(string file)
    {
        var lines = Repository
            .Read(".github/workflows/" + file)
            .Split('\n')
            .Where(line => line.TrimStart(' ', '-').StartsWith("uses:", StringComparison.Ordinal));
        Assert.That(
            lines,
            Is.Not.Empty.And.All.Matches(@"uses: [a-z-]+/[a-z-]+(/[a-z-]+)?@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$")
        );
        Assert.That(
            WorkflowJob.ReadAll(file).SelectMany(job => job.Actions).Count(),
            Is.EqualTo(lines.Count()),
            "no action hides from the rule above"
        );
    }

    [TestCaseSource(nameof(Files))]
    public void Workflow_Rights_ArePermissionToReadUnlessAJobNamesMore(string file) =>
        Assert.That(
            WorkflowJob.Read(file)["permissions"].ToString(),
            Is.EqualTo(new YamlMappingNode("contents", "read").ToString())
        );

    // Rule of GitHub's hardening guide: an expression inside a script is text of whoever named the branch or wrote the
    // title.
    [TestCaseSource(nameof(Jobs))]
    public void Job_Scripts_HoldNoExpression(WorkflowJob job) => Assert.That(job.Scripts, Is.All.Not.Contains("${{"));

    // The checkout would leave the token in .git/config, where all code that the job runs can read it.
    [TestCaseSource(nameof(Jobs))]
    public void Job_Checkout_KeepsNoTokenUnlessItPushes(WorkflowJob job)
    {
        var pushes = job.Scripts.Any(script => script.Contains("git push", StringComparison.Ordinal));
        Assert.That(
            job.Checkouts.Select(with => with.GetValueOrDefault("persist-credentials")),
            Is.All.EqualTo(pushes ? null : "false")
        );
    }

    [TestCaseSource(nameof(Jobs))]
    public void Job_WithRightsInAws_WaitsForTheReviewersOfProduction(WorkflowJob job) =>
        Assert.That(job.Environment, Is.EqualTo(job.Permissions.ContainsKey("id-token") ? "production" : null));

    // Code of the repository, of its packages and of the specification runs in jobs that cannot write.
    [TestCaseSource(nameof(Jobs))]
    public void Job_ThatMayWriteContents_RunsNoCodeOfTheRepository(WorkflowJob job)
    {
        if (job.Permissions.GetValueOrDefault("contents") == "write")
        {
            Assert.That(
                job.Scripts,
                Is.All.Not.Match(
                    @"dotnet (run|build|test|publish|pack|restore)|build\.ps1|\.ci/run|\bnpm\b|\bnpx\b|docker build"
                )
            );
        }
    }

    // Code of the repository could report that it has no fault.
    [Test]
    public void CodeQl_Analysis_LooksAtEveryLanguageAndRunsNoCode()
    {
        var job = WorkflowJob.ReadAll("codeql.yml").Single();
        Assert.That(
            job.Permissions,
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["actions"] = "read",
                    ["contents"] = "read",
                    ["security-events"] = "write",
                }
            )
        );
        Assert.That(
            job.Actions.Select(action => action.Split('@')[0]),
            Is.EqualTo(new[] { "actions/checkout", "github/codeql-action/init", "github/codeql-action/analyze" })
        );
        Assert.That(job.Scripts, Is.Empty);
        Assert.That(
            Repository.Read(".github/workflows/codeql.yml"),
            Does.Contain("language: [csharp, actions]").And.Contain("build-mode: none")
        );
    }

    [Test]
    public void CodeOwners_Paths_Exist()
    {
        var paths = Repository
            .Read(".github/CODEOWNERS")
            .Split('\n')
            .Where(line => line.StartsWith('/'))
            .Select(line => line.Split(' ')[0].Trim('/'))
            .ToList();
        Assert.That(paths, Is.Not.Empty);
        Assert.That(paths.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))), Is.Empty);
    }

    [Test]
    public void DevContainer_Image_IsTheOneOfTheBuild()
    {
        var options = new System.Text.Json.JsonDocumentOptions
        {
            CommentHandling = System.Text.Json.JsonCommentHandling.Skip,
        };
        using var container = System.Text.Json.JsonDocument.Parse(
            Repository.Read(".devcontainer/devcontainer.json"),
            options
        );
        Assert.That(
            Repository.Read("Dockerfile").Split('\n'),
            Does.Contain($"FROM {container.RootElement.GetProperty("image").GetString()} AS build")
        );
    }

    [Test]
    public void Refresh_PullRequest_TakesTheFilesOfTheFirstJobOnly()
    {
        var jobs = WorkflowJob.ReadAll("refresh-spec.yml").ToDictionary(job => job.Name.Split(' ')[1]);
        Assert.That(
            jobs["refresh"].Permissions,
            Is.EquivalentTo(new Dictionary<string, string> { ["contents"] = "read" })
        );
        Assert.That(
            jobs["pull-request"].Permissions,
            Is.EquivalentTo(new Dictionary<string, string> { ["contents"] = "write", ["pull-requests"] = "write" })
        );
        Assert.That(jobs["refresh"].Actions, Has.Some.StartsWith("actions/upload-artifact@"));
        Assert.That(jobs["pull-request"].Actions, Has.Some.StartsWith("actions/download-artifact@"));
        Assert.That(
            jobs["pull-request"].Scripts,
            Has.None.Match(@"git add (-A|--all|\.|spec)(\s|$)"),
            "an artifact may hold any file"
        );
    }

    [Test]
    public void Deploy_Cdk_IsTheOneOfTheLockFile()
    {
        var scripts = WorkflowJob.ReadAll("deploy.yml").Single().Scripts;
        Assert.That(scripts, Has.Some.StartsWith("npm ci").And.All.Not.Match(@"npx (?!--no-install )|npm install"));
        var wanted = System.Text.Json.Nodes.JsonNode.Parse(Repository.Read("deploy/package.json"))!["devDependencies"]![
            "aws-cdk"
        ]!.ToString();
        var locked = System.Text.Json.Nodes.JsonNode.Parse(Repository.Read("deploy/package-lock.json"))!["packages"]![
            "node_modules/aws-cdk"
        ]!;
        Assert.That(
            (wanted, locked["integrity"]!.ToString()[..7]),
            Is.EqualTo((locked["version"]!.ToString(), "sha512-"))
        );
    }

    [Test]
    public void Dockerfile_BaseImages_ArePinnedByDigest()
    {
        var lines = Repository.Read("Dockerfile").Split('\n');
        Assert.That(
            lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)),
            Has.Exactly(2)
                .Items.And.All.Matches(
                    @"^FROM mcr\.microsoft\.com/[a-z/-]+:10\.[\w.-]+@sha256:[0-9a-f]{64}( AS build)?$"
                )
        );
        Assert.That(lines, Has.None.Match(@"^#\s*syntax\s*="), "a frontend is an image too");
    }
}
