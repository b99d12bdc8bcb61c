using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Manual;

/// <summary>Lets a person or any program take the model's place: it sees what a model sees, and calls by JSON
/// lines.</summary>
internal static class ManualRun
{
    private const int NoAnswer = 2;

    public static async Task<int> RunAsync(Options options, TextReader input, TextWriter output)
    {
        if (options.Has("list"))
        {
            await WriteListAsync(output);
            return 0;
        }

        if (options.Text("question") is not { } number)
        {
            throw new FormatException("ask needs --question N, or --list to see the questions.");
        }

        var question = AllQuestions.Choose(number).Single();
        await using var sandbox = await Ground.StartAsync();
        await using var tools = await Toolbox.OpenAsync(
            sandbox,
            question,
            Ground.Profile(question, options.Text("profile")),
            "manual"
        );
        await WriteBeginningAsync(tools, question, output);
        return await ConverseAsync(tools, question, input, output);
    }

    /// <summary>Reads lines until one holds the answer.</summary>
    /// <returns>0 for a right answer, 1 for a wrong one, 2 for none.</returns>
    public static async Task<int> ConverseAsync(Toolbox tools, Question question, TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            if (line.Trim().Length == 0)
            {
                continue;
            }

            var (message, fault) = Read(line);
            if (message?["answer"] is { } answer)
            {
                return await JudgeAsync(tools, question, answer.ToString(), output);
            }

            if (message?["tool"] is not { } tool)
            {
                await output.WriteLineAsync(fault);
                continue;
            }

            var result = await tools.CallAsync(tool.ToString(), message["arguments"] as JsonObject ?? []);
            await output.WriteLineAsync(result.IsRejected ? $"(rejected) {result.Text}" : result.Full);
            await output.WriteLineAsync();
        }

        await output.WriteLineAsync("There was no answer; {\"answer\":\"…\"} gives one.");
        return NoAnswer;
    }

    private static (JsonObject? Message, string Fault) Read(string line)
    {
        const string Expected =
            "Write {\"tool\":\"NAME\",\"arguments\":{…}} to call a tool, or {\"answer\":\"…\"} to end, each on one line.";
        try
        {
            return (JsonNode.Parse(line) as JsonObject, $"This line has no member 'tool' or 'answer'. {Expected}");
        }
        catch (JsonException)
        {
            return (null, $"This line is no JSON. {Expected}");
        }
    }

    private static async Task<int> JudgeAsync(Toolbox tools, Question question, string answer, TextWriter output)
    {
        var verdict = question.Judge(tools.Attempt(answer));
        var effort = tools.Effort;
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Calls: {effort.Calls} (the best path known has {question.FewestCalls}), rejected: {effort.Rejected}"
            )
        );
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Tokens: {effort.Sent} sent, {effort.Received} received")
        );
        await output.WriteLineAsync(verdict.IsRight ? "Verdict: right" : $"Verdict: wrong. {verdict.Fault}");
        return verdict.IsRight ? 0 : 1;
    }

    private static async Task WriteBeginningAsync(Toolbox tools, Question question, TextWriter output)
    {
        var lines = tools.Tools.Select(ToolLine).ToList();
        await output.WriteLineAsync("# Instructions\n");
        await output.WriteLineAsync(tools.Instructions);
        await output.WriteLineAsync("\n# Tools\n");
        foreach (var line in lines)
        {
            await output.WriteLineAsync(line);
        }

        var shown = Tokens.Of(tools.Instructions) + lines.Sum(Tokens.Of);
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"\n({lines.Count} tools; all above has {shown} tokens)")
        );
        await output.WriteLineAsync("\n# Question\n");
        await output.WriteLineAsync(question.Prompt(tools.Before.Today));
        await output.WriteLineAsync(
            "\n# Your turn\n\nCall a tool with one line such as {\"tool\":\"bills_list\",\"arguments\":{}}; end with {\"answer\":\"…\"}.\n"
        );
        await output.FlushAsync();
    }

    private static string ToolLine(Tool tool) =>
        Json.Text(
            new JsonObject
            {
                ["name"] = tool.Name,
                ["description"] = tool.Description,
                ["inputSchema"] = JsonNode.Parse(tool.InputSchema.GetRawText()),
            }
        );

    private static async Task WriteListAsync(TextWriter output)
    {
        foreach (var question in AllQuestions.All)
        {
            var kind = (question.IsWrite, question.IsTrap) switch
            {
                (true, true) => "write, trap",
                (true, false) => "write",
                (false, true) => "trap",
                _ => "read",
            };
            await output.WriteLineAsync($"{question.Number, 2} {question.Profile, -5} {kind, -11} {question.Text}");
        }
    }
}
