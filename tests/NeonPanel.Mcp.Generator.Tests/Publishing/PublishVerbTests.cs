using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Publishing;

/// <summary>The verbs <c>check --for</c> and <c>publish</c>: output, files and exit codes.</summary>
internal sealed class PublishVerbTests
{
    private string folder = "";

    [SetUp]
    public void Create()
    {
        folder = Directory.CreateTempSubdirectory("publish-").FullName;
        File.WriteAllText(At("spec.json"), Listings.Specification);
        File.WriteAllText(At("publish.json"), Listings.Publish);
    }

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Check_GoodServer_Is0()
    {
        var (code, output, errors) = Run(
            "check",
            "--for",
            "chatgpt",
            "--publish",
            At("publish.json"),
            "--release",
            "1.0.0"
        );
        Assert.That((code, errors), Is.EqualTo((0, "")));
        Assert.That(output, Does.StartWith("2 tools, 0 operations excluded"));
    }

    [Test]
    public void Check_Violation_Is1AndNamesRuleAndSource()
    {
        var (code, output, _) = Run("check", "--for", "registry");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            output,
            Does.StartWith("--publish#/address: error NPG040: registry.address: there is no address of the server")
                .And.Contains("(https://github.com/modelcontextprotocol/registry, ")
        );
    }

    [Test]
    public void Check_WarningAlone_Is0()
    {
        var (code, output, _) = Run("check", "--for", "copilot", "--address", "https://mcp.example.com");
        Assert.That(
            (code, output.Contains("warning NPG040: copilot.sign-in: ", StringComparison.Ordinal)),
            Is.EqualTo((0, true))
        );
    }

    [Test]
    public void Check_ToolsThatDifferFromTheLock_Is3()
    {
        Assert.That(Run("lock", "--lock", At("lock.json")).Code, Is.Zero);
        File.WriteAllText(
            At("spec.json"),
            Listings.Specification.Replace("Returns the orders.", "Lists orders.", StringComparison.Ordinal)
        );
        var (code, output, _) = Run(
            "check",
            "--for",
            "registry",
            "--address",
            "https://mcp.example.com",
            "--lock",
            At("lock.json")
        );
        Assert.That((code, output.Contains("NPG020", StringComparison.Ordinal)), Is.EqualTo((3, true)));
    }

    [Test]
    public void Check_Json_HasTheRule()
    {
        var (_, output, _) = Run("check", "--for", "registry", "--format", "json");
        Assert.That(output, Does.Contain("\"registry.address\""));
    }

    [TestCase(
        "check --for mcp.so",
        "Option '--for' is 'mcp.so'; one of chatgpt, claude, registry, copilot is expected."
    )]
    [TestCase(
        "publish --out {0}/out --for x",
        "Option '--for' is 'x'; one of chatgpt, claude, registry, copilot is expected."
    )]
    [TestCase("publish --out {0}/out", "'publish' has no address of the server; --address https://mcp.example.com")]
    [TestCase(
        "publish --out {0}/out --address mcp.example.com",
        "The address is 'mcp.example.com'; --address https://mcp"
    )]
    public void Run_OptionThatCannotBeUsed_IsAUsageErrorAndWritesNothing(string arguments, string expected)
    {
        var (code, output, errors) = Run(arguments.Replace("{0}", folder, StringComparison.Ordinal).Split(' '));
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(errors, Does.StartWith(expected));
        Assert.That(Directory.Exists(At("out")), Is.False);
    }

    [Test]
    public void Publish_GoodServer_WritesTheFilesOfAllDirectories()
    {
        var (code, output, errors) = Run(
            "publish",
            "--publish",
            At("publish.json"),
            "--release",
            "1.0.0",
            "--out",
            At("out")
        );
        Assert.That((code, errors), Is.EqualTo((0, "")));
        var files = Directory.EnumerateFiles(At("out"), "*", SearchOption.AllDirectories);
        Assert.That(
            files.Select(file => Path.GetRelativePath(At("out"), file).Replace('\\', '/')),
            Is.EquivalentTo(
                (string[])
                    [
                        "server.json",
                        "server-card.json",
                        ".well-known/ai-catalog.json",
                        ".well-known/mcp-registry-auth",
                        "chatgpt-app-submission.json",
                        "claude-plugin/.claude-plugin/plugin.json",
                        "claude-plugin/.mcp.json",
                        "copilot/ai-plugin.json",
                        "copilot/mcp-tools.json",
                        "copilot/declarativeAgent.json",
                        "clients.md",
                    ]
            )
        );
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(files));
    }

    [Test]
    public void Publish_DirectoryThatWouldRefuse_GetsNoFiles()
    {
        var publish = JsonNode.Parse(Listings.Publish)!.AsObject();
        publish.Remove("privacy");
        File.WriteAllText(At("publish.json"), publish.ToJsonString());
        var (code, _, errors) = Run(
            "publish",
            "--publish",
            At("publish.json"),
            "--release",
            "1.0.0",
            "--out",
            At("out")
        );
        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            errors,
            Does.Contain("chatgpt.urls: 'privacy' is missing")
                .And.Contains("chatgpt: no files, because of the errors above.")
        );
        Assert.That(File.Exists(At("out/chatgpt-app-submission.json")), Is.False);
        Assert.That(File.Exists(At("out/server.json")), Is.True);
    }

    [Test]
    public void Publish_For_WritesOnlyThat()
    {
        var (code, _, _) = Run(
            "publish",
            "--address",
            "https://mcp.example.com",
            "--for",
            "registry",
            "--out",
            At("out")
        );
        Assert.That(code, Is.Zero);
        Assert.That(Directory.Exists(At("out/copilot")), Is.False);
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandLine.Run(
            [arguments[0], "--spec", At("spec.json"), .. arguments.Skip(1)],
            TextReader.Null,
            output,
            errors
        );
        return (code, output.ToString(), errors.ToString());
    }

    private string At(string name) => Path.Combine(folder, name);
}
