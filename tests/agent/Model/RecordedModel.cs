using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace NeonPanel.Mcp.Agent.Model;

/// <summary>A model that says what a file holds: one turn a line, either <c>{"calls":[{"tool":…,"arguments":{…}}]}</c>
/// or <c>{"text":"…"}</c>.</summary>
internal sealed class RecordedModel(IReadOnlyList<string> turns) : IChatClient
{
    private int turn;

    /// <summary>Gets what the model was told last: the results of its calls, or the question.</summary>
    public string LastHeard { get; private set; } = "";

    /// <summary>Gets the tools that it was told of.</summary>
    public IReadOnlyList<AITool> Tools { get; private set; } = [];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var last = messages.Last();
        LastHeard = string.Join(
            '\n',
            last.Contents.Select(content => content is FunctionResultContent result ? $"{result.Result}" : $"{content}")
        );
        Tools = [.. options?.Tools ?? []];
        if (turn >= turns.Count)
        {
            throw new InvalidOperationException($"The record has {turns.Count} turns, and one more was wanted.");
        }

        return Task.FromResult(new ChatResponse(Read(JsonNode.Parse(turns[turn++])!)));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    private ChatMessage Read(JsonNode line)
    {
        if (line["text"] is { } text)
        {
            return new(ChatRole.Assistant, text.ToString());
        }

        var calls = line["calls"]!
            .AsArray()
            .Select(
                (call, at) =>
                    (AIContent)
                        new FunctionCallContent(
                            $"call-{turn}-{at}",
                            call!["tool"]!.ToString(),
                            call["arguments"]!.AsObject().ToDictionary(pair => pair.Key, pair => (object?)pair.Value)
                        )
            );
        return new(ChatRole.Assistant, [.. calls]);
    }
}
