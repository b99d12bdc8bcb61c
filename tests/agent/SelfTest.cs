using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Manual;
using NeonPanel.Mcp.Agent.Model;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;
using NeonPanel.Mcp.Agent.Skills;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;

namespace NeonPanel.Mcp.Agent;

/// <summary>Tests of the benchmark itself: its checks, a recorded model, and a recorded person.</summary>
internal static class SelfTest
{
    public static async Task<int> RunAsync(TextWriter output)
    {
        var (passed, failed) = CheckTests.Run();
        var faults = failed.ToList();
        await using (var sandbox = await Ground.StartAsync())
        {
            foreach (
                var one in (await RecordedAsync(sandbox))
                    .Concat(await EndpointAsync(sandbox))
                    .Concat(await ManualAsync(sandbox))
                    .Concat(await DirectoryAsync(sandbox))
                    .Concat(await SkillTests.RunAsync(sandbox))
            )
            {
                passed += one.IsAsExpected ? 1 : 0;
                faults.AddRange(one.IsAsExpected ? [] : [one.Name]);
            }
        }

        foreach (var fault in faults)
        {
            await output.WriteLineAsync($"FAILED {fault}");
        }

        await output.WriteLineAsync($"Passed: {passed}");
        await output.WriteLineAsync($"Failed: {faults.Count}");
        return faults.Count == 0 ? 0 : 1;
    }

    private static async Task<IEnumerable<CheckCase>> RecordedAsync(SandboxHost sandbox)
    {
        var cases = new List<CheckCase>();
        foreach (var host in HostKind.All)
        {
            var (model, outcome) = await ReplayAsync(sandbox, host, "lanterns-right");
            var text = model.Tools[0].Description;
            cases.Add(new($"{host.Name}: right record: {outcome.Verdict.Fault}", outcome.Verdict.IsRight));
            cases.Add(new($"{host.Name}: three calls, one rejected", outcome.Effort is { Calls: 3, Rejected: 1 }));
            cases.Add(
                new(
                    $"{host.Name}: output schemas",
                    text.Contains("Returns: {", StringComparison.Ordinal) == host.ShowsOutputSchemas
                )
            );
            cases.Add(
                new($"{host.Name}: hears results", model.LastHeard.Contains("Reno Stockroom", StringComparison.Ordinal))
            );
            (_, outcome) = await ReplayAsync(sandbox, host, "lanterns-wrong");
            cases.Add(new($"{host.Name}: wrong record", !outcome.Verdict.IsRight && outcome.Effort.Calls == 0));
        }

        return cases;
    }

    private static async Task<(RecordedModel Model, Outcome Outcome)> ReplayAsync(
        SandboxHost sandbox,
        HostKind host,
        string name
    )
    {
        using var model = new RecordedModel(await TurnsAsync(name));
        return (model, await ModelCommand.AskAsync(sandbox, model, host, AllQuestions.Choose("3")[0], null, 1, null));
    }

    private static Task<string[]> TurnsAsync(string name) =>
        File.ReadAllLinesAsync(Path.Combine(Ground.Repository, "tests", "agent", "Model", "Recorded", name + ".jsonl"));

    // The client of OpenAI's API, as it is used with a real model.
    private static async Task<IEnumerable<CheckCase>> EndpointAsync(SandboxHost sandbox)
    {
        var port = LoopbackPorts.FreePair();
        await using var stub = await StubEndpoint.StartAsync(port, await TurnsAsync("lanterns-right"));
        using var model = ModelCommand.Open(new($"http://127.0.0.1:{port}/v1"), "key", "stub");
        var question = AllQuestions.Choose("3")[0];
        var outcome = await ModelCommand.AskAsync(sandbox, model, HostKind.Find("claude"), question, null, 1, null);
        var first = stub.Requests[0];
        var last = stub.Requests[^1]["messages"]!.AsArray();
        return
        [
            new($"endpoint: right answer: {outcome.Verdict.Fault}", outcome.Verdict.IsRight),
            new("endpoint: tokens of all turns", outcome is { Input: 300, Output: 30 }),
            new("endpoint: all tools of core", first["tools"]!.AsArray().Count == 25),
            new(
                "endpoint: instructions first",
                first["messages"]![0]!["content"]!.ToString().StartsWith("NeonPanel keeps", StringComparison.Ordinal)
            ),
            new(
                "endpoint: three results, the last of a tool that is not there",
                last.Count(message => message!["role"]!.ToString() == "tool") == 3
                    && last[^1]!["content"]!.ToString().Contains("noSuchTool", StringComparison.Ordinal)
            ),
        ];
    }

    private static async Task<IEnumerable<CheckCase>> ManualAsync(SandboxHost sandbox)
    {
        const string Calls = """
            {"tool":"listInventoryItems","arguments":{"companyUuid":"HPO","sku":"HP-TOWL-LG","fields":"data.id"}}
            nonsense
            {"tool":"getInventoryDetails","arguments":{"companyUuid":"HPO","inventoryId":7403,"balances_date":"2026-06-30"}}
            """;
        var (silent, silentText) = await PlayAsync(sandbox, Calls);
        var (wrong, wrongText) = await PlayAsync(sandbox, Calls + "\n{\"answer\":\"Answer: 1\"}");
        var (right, rightText) = await PlayAsync(sandbox, Calls + "\n{\"answer\":\"Answer: 40\"}");
        return
        [
            new("manual: no answer", silent == 2 && !silentText.Contains("Verdict", StringComparison.Ordinal)),
            new("manual: a line that is no JSON is told", silentText.Contains("is no JSON", StringComparison.Ordinal)),
            new("manual: wrong answer", wrong == 1 && wrongText.Contains("Verdict: wrong", StringComparison.Ordinal)),
            new($"manual: right answer: {rightText[^120..]}", right == 0),
            new("manual: calls are counted", rightText.Contains("Calls: 2 ", StringComparison.Ordinal)),
        ];
    }

    // All ids and names of a company must be cheap enough to be read once before documents are written.
    private static async Task<IEnumerable<CheckCase>> DirectoryAsync(SandboxHost sandbox)
    {
        const int most = 600;
        await using var tools = await Toolbox.OpenAsync(sandbox, AllQuestions.Choose("1")[0], "core", "directory");
        var result = await tools.CallAsync("getDirectory", new() { ["companyUuid"] = "HPO" });
        var warehouses = result.Structured!.Value.GetProperty("warehouses").GetProperty("rows").EnumerateArray();
        return
        [
            new($"directory: {tools.Effort.Received} of {most} tokens", tools.Effort.Received <= most),
            new(
                "directory: each warehouse with its id",
                warehouses.Count() == 6
                    && warehouses.All(row => row[0].ValueKind == System.Text.Json.JsonValueKind.Number)
            ),
        ];
    }

    private static async Task<(int Code, string Text)> PlayAsync(SandboxHost sandbox, string lines)
    {
        var question = AllQuestions.Choose("6")[0];
        await using var tools = await Toolbox.OpenAsync(sandbox, question, question.Profile, "manual");
        using var output = new StringWriter();
        var code = await ManualRun.ConverseAsync(tools, question, new StringReader(lines), output);
        return (code, output.ToString());
    }
}
