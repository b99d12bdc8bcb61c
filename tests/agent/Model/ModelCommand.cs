using System.ClientModel;
using System.Globalization;
using Microsoft.Extensions.AI;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;
using NeonPanel.Mcp.Sandbox;
using OpenAI;

namespace NeonPanel.Mcp.Agent.Model;

/// <summary>Lets a model answer the questions, and keeps what was said.</summary>
internal static class ModelCommand
{
    private const string KeyVariable = "AGENT_API_KEY";

    /// <summary>An endpoint that is a file of a recorded model.</summary>
    private const string Recorded = "recorded:";

    private const string Missing = $"""
        A model needs --endpoint URL and --model NAME, and its key in the environment variable {KeyVariable}.

          --endpoint  an address with an OpenAI-compatible API, such as https://host/v1 (chat completions with tools);
                      {Recorded}FILE replays a file: one turn a line, as tests/agent/Model/Recorded has them
          --model     the name of the model there
          --host      chatgpt (tools with output schemas), claude (without them) or text (results as text alone)
          --runs      how often each question is asked, from fresh books each time
          --questions their numbers, such as 1,2,7; without it all

        Transcripts are kept in artifacts/agent.
        """;

    public static async Task<int> RunAsync(Options options, TextWriter output)
    {
        if (options.Text("endpoint") is not { } endpoint || options.Text("model") is not { } name)
        {
            await output.WriteLineAsync(Missing);
            return 2;
        }

        var host = HostKind.Find(options.Text("host") ?? "claude");
        var questions = AllQuestions.Choose(options.Text("questions"));
        var connect = Connect(endpoint, name);
        var folder = Path.Combine(Ground.Repository, "artifacts", "agent");
        Directory.CreateDirectory(folder);
        var outcomes = new List<Outcome>();
        await using var sandbox = await Ground.StartAsync();
        foreach (var question in questions)
        {
            for (var run = 1; run <= options.Number("runs", 1); run++)
            {
                var file = Path.Combine(folder, FileName($"{name}-{host.Name}-{question.Number:00}-{run}"));
                using var model = connect();
                var outcome = await AskAsync(sandbox, model, host, question, options.Text("profile"), run, file);
                outcomes.Add(outcome);
                await output.WriteLineAsync(Line(outcome, run));
            }
        }

        await WriteTotalsAsync(outcomes, output);
        return 0;
    }

    /// <summary>Asks one question and writes the transcript.</summary>
    public static async Task<Outcome> AskAsync(
        SandboxHost sandbox,
        IChatClient model,
        HostKind host,
        Question question,
        string? profile,
        int run,
        string? file
    )
    {
        await using var tools = await Toolbox.OpenAsync(
            sandbox,
            question,
            Ground.Profile(question, profile),
            $"{host.Name}-{run}"
        );
        var conversation = new Conversation(model, host, tools, question);
        try
        {
            return await conversation.RunAsync();
        }
        finally
        {
            // Also of a conversation that broke off.
            if (file is not null)
            {
                await File.WriteAllTextAsync(file, conversation.Transcript.ToJsonString(Json.Indented) + "\n");
            }
        }
    }

    /// <summary>A client of an endpoint.</summary>
    public static IChatClient Open(Uri address, string key, string name) =>
        new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = address })
            .GetChatClient(name)
            .AsIChatClient();

    private static Func<IChatClient> Connect(string endpoint, string name)
    {
        if (endpoint.StartsWith(Recorded, StringComparison.Ordinal))
        {
            var turns = File.ReadAllLines(endpoint[Recorded.Length..]);
            return () => new RecordedModel(turns);
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            throw new FormatException($"--endpoint must be an address such as https://host/v1, but is '{endpoint}'.");
        }

        var key = Environment.GetEnvironmentVariable(KeyVariable);
        if (string.IsNullOrEmpty(key))
        {
            throw new FormatException(
                $"The environment variable {KeyVariable} has no key. An endpoint without keys takes any text there."
            );
        }

        return () => Open(address, key, name);
    }

    private static string FileName(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '_'))
        + ".json";

    private static string Line(Outcome outcome, int run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Question, 2} run {run}: {(outcome.Verdict.IsRight ? "right" : "wrong")}, {outcome.Effort.Calls} calls, "
                + $"{outcome.Effort.Rejected} rejected, {outcome.Effort.Sent} + {outcome.Effort.Received} tokens"
        ) + (outcome.Verdict.Fault is { } fault ? $". {fault}" : "");

    private static async Task WriteTotalsAsync(List<Outcome> outcomes, TextWriter output)
    {
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\n{outcomes.Count(outcome => outcome.Verdict.IsRight)} of {outcomes.Count} right, "
                    + $"{outcomes.Count(outcome => outcome.HasWrongBooks)} left wrong books; "
                    + $"{outcomes.Sum(outcome => outcome.Effort.Calls)} calls, {outcomes.Sum(outcome => outcome.Effort.Rejected)} rejected; "
                    + $"the endpoint counted {outcomes.Sum(outcome => outcome.Input)} tokens in and {outcomes.Sum(outcome => outcome.Output)} out"
            )
        );
    }
}
