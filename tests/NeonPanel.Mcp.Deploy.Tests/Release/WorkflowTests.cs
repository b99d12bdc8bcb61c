using NUnit.Framework;
using YamlDotNet.RepresentationModel;

namespace NeonPanel.Mcp.Deploy.Tests.Release;

/// <summary>What can be told of a workflow without running it.</summary>
internal sealed class WorkflowTests
{
    private static IEnumerable<string> Files => Directory.GetFiles(Path.Combine(Repository.Root, ".github/workflows"), "*.yml").Select(file => Path.GetFileName(file)!);

    [TestCaseSource(nameof(Files))]
    public void Workflow_Actions_ArePinned(string file)
    {
        var uses = Steps(file).Select(step => step.Children.TryGetValue("uses", out var action) ? action.ToString() : null).OfType<string>().ToList();
        Assert.That(uses, Is.Not.Empty.And.All.Matches("^[a-z-]+/[a-z-]+@([0-9a-f]{40}|v[0-9]+)$"));
    }

    [TestCaseSource(nameof(Files))]
    public void Workflow_Rights_AreNamed(string file) => Assert.That(Read(file).Children.Keys.Select(key => key.ToString()), Does.Contain("permissions"));

    // Rule of GitHub's hardening guide: an expression inside a script is text of whoever named the branch or wrote the title.
    [TestCaseSource(nameof(Files))]
    public void Workflow_Scripts_HoldNoExpression(string file) =>
        Assert.That(Steps(file).Where(step => step.Children.TryGetValue("run", out var run) && run.ToString().Contains("${{", StringComparison.Ordinal)), Is.Empty);

    private static IEnumerable<YamlMappingNode> Steps(string file) =>
        ((YamlMappingNode)Read(file)["jobs"]).Children.Values.SelectMany(job => ((YamlSequenceNode)job["steps"]).Children).Cast<YamlMappingNode>();

    private static YamlMappingNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(".github/workflows/" + file)));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}
