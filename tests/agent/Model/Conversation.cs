using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Model;

/// <summary>One question to a model: its calls are made until it answers with a text alone.</summary>
internal sealed class Conversation(IChatClient model, HostKind host, Toolbox tools, Question question)
{
    private const int MostTurns = 60;

    private readonly JsonArray transcript = [];
    private long input;
    private long output;

    /// <summary>Gets what was said, in its order.</summary>
    public JsonArray Transcript => transcript;

    /// <summary>Asks, and judges the answer.</summary>
    public async Task<Outcome> RunAsync(CancellationToken cancellationToken = default)
    {
        var messages = new List<ChatMessage>
        {
            new(ChatRole.System, tools.Instructions),
            new(ChatRole.User, question.Prompt(tools.Before.Today)),
        };
        Note("instructions", tools.Instructions);
        Note("question", messages[1].Text);
        var options = new ChatOptions { Tools = [.. tools.Tools.Select(host.Declare)] };
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var response = await model.GetResponseAsync(messages, options, cancellationToken);
            input += response.Usage?.InputTokenCount ?? 0;
            output += response.Usage?.OutputTokenCount ?? 0;
            messages.AddRange(response.Messages);
            var calls = response
                .Messages.SelectMany(message => message.Contents)
                .OfType<FunctionCallContent>()
                .ToList();
            if (calls.Count == 0)
            {
                return End(response.Text);
            }

            messages.Add(new(ChatRole.Tool, [.. await AnswerAsync(calls)]));
        }

        return End($"No answer after {MostTurns} turns.");
    }

    private async Task<List<AIContent>> AnswerAsync(List<FunctionCallContent> calls)
    {
        var results = new List<AIContent>();
        foreach (var call in calls)
        {
            var arguments = JsonSerializer.SerializeToNode(call.Arguments ?? new Dictionary<string, object?>())!;
            var result = await tools.CallAsync(call.Name, arguments.AsObject());
            var shown = host.Show(result);
            transcript.Add(
                new JsonObject
                {
                    ["tool"] = call.Name,
                    ["arguments"] = arguments.DeepClone(),
                    ["rejected"] = result.IsRejected,
                    ["result"] = shown,
                }
            );
            results.Add(new FunctionResultContent(call.CallId, shown));
        }

        return results;
    }

    private Outcome End(string answer)
    {
        var attempt = tools.Attempt(answer);
        var verdict = question.Judge(attempt);
        var isUnwanted = !question.IsRightInBooks(attempt);
        var outcome = new Outcome(question.Number, verdict, tools.Effort, isUnwanted, input, output);
        Note("answer", answer);
        Note("verdict", verdict.Fault ?? "right");
        return outcome;
    }

    private void Note(string name, string text) => transcript.Add(new JsonObject { [name] = text });
}

/// <summary>Result of a conversation with a model.</summary>
/// <param name="HasWrongBooks">Whether the books are not as a right answer leaves them.</param>
/// <param name="Input">Tokens that the endpoint counted as input, in all turns; 0 if it tells none.</param>
internal sealed record Outcome(
    int Question,
    Verdict Verdict,
    Effort Effort,
    bool HasWrongBooks,
    long Input,
    long Output
);
