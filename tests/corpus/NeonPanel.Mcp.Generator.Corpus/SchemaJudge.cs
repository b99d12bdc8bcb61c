using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Corpus;

/// <summary>Asks Ajv, in a process of Node, whether it compiles the schemas of tools.</summary>
/// <param name="script">Path of <c>schemas.mjs</c>, beside its <c>node_modules</c>.</param>
internal sealed class SchemaJudge(string script)
{
    private readonly List<string> schemas = [];

    public void Add(string document, string tool, JsonObject schema) =>
        schemas.Add(
            new JsonObject
            {
                ["document"] = document,
                ["tool"] = tool,
                ["schema"] = schema.DeepClone(),
            }.ToJsonString()
        );

    /// <summary>Returns how many schemas were judged, and <c>document</c>, <c>tool</c> and <c>what</c> of each that
    /// does not compile.</summary>
    public (int Judged, List<JsonObject> Failures) Verdicts()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, schemas);
            using var process = Process.Start(
                new ProcessStartInfo("node", [script, file]) { RedirectStandardOutput = true }
            )!;
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return process.ExitCode == 0
                ? (schemas.Count, [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())])
                : throw new InvalidOperationException($"The judge of schemas ended with {process.ExitCode}.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
