using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools.Generated;
using NJsonSchema;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>Every tool, many times, on the books of the sandbox. What its answers contain is compared with the file
/// that proves types, and with the output schemas.</summary>
[Category("Slow")]
internal sealed class SeenAnswersTests
{
    /// <summary>The generator's number of values from which a place is known.</summary>
    private const int Enough = 20;

    private const string Recording = "RECORD_ANSWERS";

    private readonly SeenKinds seen = new();
    private readonly List<string> misfits = [];
    private readonly List<string> surprises = [];
    private readonly Dictionary<string, int> answers = [];

    [OneTimeSetUp]
    public async Task CallEveryToolAsync()
    {
        await using var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        using var calls = new SandboxCalls(sandbox);
        var tools = GeneratedCatalog.Create().Tools.ToDictionary(tool => tool.Name);
        var schemas = new Dictionary<string, JsonSchema>();
        foreach (var tool in tools.Values)
        {
            schemas[tool.Name] = await JsonSchema.FromJsonAsync(tool.OutputSchema);
        }

        calls.Answered += (tool, result) =>
        {
            answers[tool] = answers.GetValueOrDefault(tool) + 1;
            var structured = result.GetProperty("structuredContent");
            misfits.AddRange(
                schemas[tool].Validate(structured.GetRawText()).Take(1).Select(fault => $"{tool}: {fault}")
            );
            // The text is the answer as the API gave it, also where the structured content is not.
            var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
            var whole = text.StartsWith('{') ? JsonElement.Parse(text) : structured;
            seen.Add(tools[tool], whole);
            if (text.StartsWith('{') && !JsonElement.DeepEquals(whole, WithoutNotice(structured)))
            {
                surprises.Add(tool);
            }
        };
        await calls.RunAsync();
        if (Environment.GetEnvironmentVariable(Recording) is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, seen.Write());
        }
    }

    [Test]
    public void Answers_OfTheSandbox_HaveTheKindsInTheFile()
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "spec", "neonpanel.answers.json")))![
            "tools"
        ]!.AsObject();
        var missing = seen
            .Places.Where(place => place.Declared.Length > 0 && (place.Count >= Enough || place.IsOther))
            .Where(place => !place.Kinds.All(kind => KindsIn(file, place).Contains(kind)))
            .Select(place => $"{place.Tool} {place.Pointer}: {string.Join(" or ", place.Kinds)}");
        Assert.That(
            missing,
            Is.Empty,
            $"Run this fixture with {Recording}=observed.json, then the generator: observe --observed observed.json, and lock."
        );
    }

    [Test]
    public void Answers_OfTheSandbox_FitTheOutputSchemas() => Assert.That(misfits, Is.Empty);

    [Test]
    public void Answers_OfTheSandbox_AreSentAsTheApiGaveThem() => Assert.That(surprises, Is.Empty);

    [Test]
    public void Answers_AreOfEveryTool() =>
        Assert.That(answers.Keys, Is.EquivalentTo(GeneratedCatalog.Create().Tools.Select(tool => tool.Name)));

    private static string[] KindsIn(JsonObject file, SeenPlace place) =>
        file[place.Tool]?[place.Pointer]?.ToString().Split(" or ") ?? [];

    private static JsonElement WithoutNotice(JsonElement structured)
    {
        var whole = JsonNode.Parse(structured.GetRawText())!.AsObject();
        whole.Remove("notice");
        return JsonElement.Parse(whole.ToJsonString());
    }
}
