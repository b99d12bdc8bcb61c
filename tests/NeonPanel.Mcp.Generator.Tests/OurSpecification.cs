using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Pipeline;

namespace NeonPanel.Mcp.Generator.Tests;

/// <summary>The specification, overlay and lock of this repository.</summary>
internal static class OurSpecification
{
    public static JsonObject Document() => JsonNode.Parse(Bytes("neonpanel.openapi.json"))!.AsObject();

    public static ToolLock Lock() => ToolLock.Read("lock.json", Bytes("neonpanel.tools.lock.json"));

    public static GenerationPipeline Run(JsonObject? changed = null) =>
        GenerationPipeline.Run(
            new(
                "spec.json",
                changed is null ? Bytes("neonpanel.openapi.json") : Encoding.UTF8.GetBytes(changed.ToJsonString())
            )
            {
                Seen = new("answers.json", Bytes("neonpanel.answers.json")),
            },
            new("overlay.json", Bytes("neonpanel.overlay.json")),
            Lock()
        );

    /// <summary>Gets the root of the repository.</summary>
    public static string Folder { get; } = Find();

    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, "spec", name));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NeonPanel.Mcp.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run below the repository.");
        }

        return folder.FullName;
    }
}
