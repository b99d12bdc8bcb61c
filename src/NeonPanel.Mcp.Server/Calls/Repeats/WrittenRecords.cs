using System.Text.Json;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Calls.Repeats;

/// <summary>Looks in the API whether a write took effect, by the list that the overlay names.</summary>
internal sealed class WrittenRecords(ToolCatalog catalog, UpstreamCaller caller)
{
    /// <returns>The outcome, or <see langword="null"/> if the overlay names no list for the tool, or the call has no
    /// value to search for.</returns>
    public async Task<RecordSearch?> FindAsync(
        CallContext call,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        if (
            call.Tool.Once is not { List: { } name, Search: { } search, Matches: [var first, ..] matches } once
            || !catalog.TryGet(name, out var list)
            || list.Rows is not { } rows
            || Text(arguments, first.Key) is not { Length: > 0 } text
        )
        {
            return null;
        }

        var scope = new NameScope([
            .. (once.Scope ?? [])
                .Where(argument => arguments.TryGetProperty(argument, out _))
                .Select(argument => KeyValuePair.Create(argument, arguments.GetProperty(argument).GetRawText())),
        ]);
        var wanted = $"a record with {first.Key} '{text}'";
        var answer = await caller.SendAsync(
            call with
            {
                Tool = list,
                Arrays = null,
            },
            new ListRequest(list, scope, (search, text)).FirstPage(),
            cancellationToken
        );
        if (answer.Failure is { } failure)
        {
            return new(wanted, Failure: failure);
        }

        try
        {
            using var document = JsonDocument.Parse(AnswerCharset.ReadableJson(answer.Response!));
            var found = JsonPlaces
                .At(document.RootElement, rows.Path)
                .Where(row => matches.All(match => IsEqual(arguments, match, row)))
                .Select(row => (JsonElement?)row)
                .FirstOrDefault();
            return new(wanted, found?.Clone());
        }
        catch (JsonException)
        {
            return new(wanted, Failure: ToolResult.Failure($"{list.Name} answered with invalid JSON."));
        }
    }

    // An argument that the call does not have says nothing.
    private static bool IsEqual(JsonElement arguments, KeyValuePair<string, string> match, JsonElement row)
    {
        if (Text(arguments, match.Key) is not { } sent)
        {
            return true;
        }

        foreach (var step in match.Value.Split('.'))
        {
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(step, out row))
            {
                return false;
            }
        }

        return row.ValueKind is JsonValueKind.String or JsonValueKind.Number && row.ToString() == sent;
    }

    private static string? Text(JsonElement arguments, string name) => JsonPlaces.Text(arguments, name);
}

/// <summary>The outcome of the search for a record.</summary>
/// <param name="Wanted">The record in words.</param>
/// <param name="Row">The record, if there is one.</param>
/// <param name="Failure">Why the list could not be read.</param>
internal sealed record RecordSearch(string Wanted, JsonElement? Row = null, ToolResult? Failure = null);
