using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Requests the pages of a list, and reads the things that can be named.</summary>
internal sealed class NamedListReader(UpstreamCaller caller, TimeProvider time)
{
    /// <summary>Most pages of a whole list.</summary>
    public const int MaxPages = 20;

    /// <summary>Most pages of a list that a search restricts. A text that finds more is not a name.</summary>
    private const int MaxPagesOfSearch = 5;

    /// <summary>Largest page to read, in bytes. As a document tree, a page takes up to ten times as much
    /// memory.</summary>
    private const int MaxPageBytes = 1024 * 1024;

    /// <summary>Largest list to cache, in characters (<see cref="NamedList.Size"/>). The rest of a longer list is not
    /// searched.</summary>
    private const int MaxListSize = 500_000;

    // Shorter than the deadline of the call that waits for the lookup (rule A9).
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <param name="call">The call of the list tool.</param>
    /// <param name="query">What to read.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<NamedList> ReadAsync(CallContext call, NameQuery query, CancellationToken cancellationToken)
    {
        var tool = call.Tool;
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ReadPagesAsync(call, query, both.Token);
        }
        catch (JsonException)
        {
            return Failed($"{tool.Name} answered with invalid JSON.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{tool.Name} did not answer within {Deadline.TotalSeconds:0} s; the call may be repeated.");
        }
    }

    private async Task<NamedList> ReadPagesAsync(CallContext call, NameQuery query, CancellationToken cancellationToken)
    {
        var tool = call.Tool;
        var request = new ListRequest(
            tool,
            query.Scope,
            query is { Text: { } text, Source.Search: { } search } ? (search, text) : null
        );
        var page = new NamedPage(query.Source);
        var arguments = request.FirstPage();
        var most = Math.Min(query.Text is null ? MaxPages : MaxPagesOfSearch, query.MaxPages);
        for (var number = 1; number <= most; number++)
        {
            var answer = await caller.SendAsync(call, arguments, cancellationToken);
            if (answer.Failure is { } failure)
            {
                return new([], Failure: failure);
            }

            if (answer.Response!.Body.Length > MaxPageBytes)
            {
                return Failed(
                    $"{tool.Name} returned more than can be searched; send the {NameTexts.Value(query.Source)} itself."
                );
            }

            var json = AnswerCharset.ReadableJson(answer.Response);
            using var document = JsonDocument.Parse(json);
            var count = page.Add(document.RootElement, MaxListSize);
            if (page.IsFull)
            {
                return new(page.Things, IsWhole: false);
            }

            var root = document.RootElement;
            var next = PageArguments.Next(tool, arguments, root, json.Span, number, out var isLast);
            if (isLast || count == 0)
            {
                return new(page.Things);
            }

            if (next is null)
            {
                break;
            }

            arguments = next.Value;
        }

        return new(page.Things, IsWhole: false);
    }

    private static NamedList Failed(string sentence) => new([], Failure: ToolResult.Failure(sentence));
}

/// <summary>The part of a list to read.</summary>
/// <param name="Source">Where the names are.</param>
/// <param name="Scope">The part of the API's data.</param>
/// <param name="Text">The text to search for, or <see langword="null"/> for the whole list.</param>
/// <param name="MaxPages">Most pages to read.</param>
internal sealed record NameQuery(
    NameSource Source,
    NameScope Scope,
    string? Text = null,
    int MaxPages = NamedListReader.MaxPages
);
