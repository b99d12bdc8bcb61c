using System.Text.Json.Nodes;
using Amazon.CDK;
using NUnit.Framework;

namespace NeonPanel.Mcp.Deploy.Tests.Stack;

/// <summary>The template that CloudFormation would get. Synthesis runs in Node, with neither account nor
/// network.</summary>
internal sealed class StackTemplate
{
    private readonly JsonObject resources;

    private StackTemplate(JsonObject resources) => this.resources = resources;

    public static Dictionary<string, object> Required { get; } =
        new()
        {
            ["publicUrl"] = "https://mcp.example.com",
            ["certificateArn"] = "arn:aws:acm:us-east-1:111122223333:certificate/1",
            ["version"] = "1.2.3",
        };

    /// <summary>Synthesizes the stack with settings beside the required ones.</summary>
    public static StackTemplate Of(params (string Name, object Value)[] settings)
    {
        if (
            !(System.Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")))
        )
        {
            throw new IgnoreException("The CDK needs Node, which is not on the PATH.");
        }

        // Node 20 works, and is told of as too old on each run.
        System.Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1");
        var folder = Directory.CreateTempSubdirectory("stack-").FullName;
        try
        {
            var app = new App(new AppProps { Outdir = folder, AnalyticsReporting = false });
            var context = new Dictionary<string, object>(Required);
            foreach (var (name, value) in settings)
            {
                context[name] = value;
            }

            _ = new NeonPanelMcpStack(app, StackSettings.Read(context.GetValueOrDefault));
            app.Synth();
            return new(
                JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "NeonpanelMcpStackV3.template.json")))![
                    "Resources"
                ]!.AsObject()
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The properties of all resources of a type, such as <c>ECS::Service</c>.</summary>
    public IReadOnlyList<JsonNode> All(string type) =>
        [
            .. resources
                .Where(resource => (string?)resource.Value!["Type"] == "AWS::" + type)
                .Select(resource => resource.Value!["Properties"] ?? new JsonObject()),
        ];

    public JsonNode One(string type) => All(type).Single();

    /// <summary>The resources of a type whose text holds another.</summary>
    public JsonNode One(string type, string containing) =>
        All(type).Single(resource => resource.ToJsonString().Contains(containing, StringComparison.Ordinal));
}
