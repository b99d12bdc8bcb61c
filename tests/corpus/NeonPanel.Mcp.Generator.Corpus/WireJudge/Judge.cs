using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Corpus.WireJudge;

/// <summary>Asks swagger-client, in a process of Node, what the sample calls should look like.</summary>
/// <param name="script">Path of <c>judge.mjs</c>, beside its <c>node_modules</c>.</param>
internal sealed class Judge(string script)
{
    private readonly List<string> calls = [];

    public void Add(string document, string name, JsonObject call)
    {
        call["document"] = document;
        call["name"] = name;
        calls.Add(call.ToJsonString());
    }

    /// <summary>Returns a verdict for each call, in order: <c>document</c>, <c>method</c>, <c>path</c>, <c>agrees</c>,
    /// and where they differ <c>what</c>, <c>ours</c> and <c>theirs</c>.</summary>
    public List<JsonObject> Verdicts()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, calls);
            using var process = Process.Start(
                new ProcessStartInfo("node", [script, file]) { RedirectStandardOutput = true }
            )!;
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return process.ExitCode == 0 && lines.Length == calls.Count
                ? [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())]
                : throw new InvalidOperationException(
                    $"The judge ended with {process.ExitCode} after {lines.Length} of {calls.Count} verdicts."
                );
        }
        finally
        {
            File.Delete(file);
        }
    }
}
