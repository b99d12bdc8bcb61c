using YamlDotNet.RepresentationModel;

namespace NeonPanel.Mcp.Deploy.Tests.Release;

/// <summary>One job of a workflow.</summary>
internal sealed class WorkflowJob(string name, YamlMappingNode workflow, YamlMappingNode job)
{
    /// <summary>Gets the file and the job's key.</summary>
    public string Name => name;

    /// <summary>Gets what the job's token may do: the job's own list, which replaces that of the workflow.</summary>
    public IReadOnlyDictionary<string, string> Permissions =>
        Texts((YamlMappingNode)(Child(job, "permissions") ?? workflow["permissions"]));

    public string? Environment => Child(job, "environment")?.ToString();

    public IReadOnlyList<string> Scripts => [.. Steps.Select(step => Child(step, "run")?.ToString()).OfType<string>()];

    public IReadOnlyList<string> Actions => [.. Steps.Select(step => Child(step, "uses")?.ToString()).OfType<string>()];

    /// <summary>Gets the parameters of each checkout.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Checkouts =>
        [
            .. Steps
                .Where(step =>
                    Child(step, "uses")?.ToString().StartsWith("actions/checkout@", StringComparison.Ordinal) == true
                )
                .Select(step =>
                    Child(step, "with") is YamlMappingNode with ? Texts(with) : new Dictionary<string, string>()
                ),
        ];

    private IEnumerable<YamlMappingNode> Steps => ((YamlSequenceNode)job["steps"]).Children.Cast<YamlMappingNode>();

    public static IReadOnlyList<WorkflowJob> ReadAll(string file)
    {
        var workflow = Read(file);
        return
        [
            .. ((YamlMappingNode)workflow["jobs"]).Children.Select(job => new WorkflowJob(
                $"{file} {job.Key}",
                workflow,
                (YamlMappingNode)job.Value
            )),
        ];
    }

    public static YamlMappingNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(".github/workflows/" + file)));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var value) ? value : null;

    private static Dictionary<string, string> Texts(YamlMappingNode node) =>
        node.Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());
}
