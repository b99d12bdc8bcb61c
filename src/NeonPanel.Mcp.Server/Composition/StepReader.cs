using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Reads the rows of one call of a step, page by page.</summary>
/// <param name="budget">The limits of the whole composed call.</param>
internal sealed class StepReader(StepCall call, CompositionBudget budget)
{
    /// <summary>Reads the rows for one row of the step before.</summary>
    /// <param name="rows">Receives the members of each row.</param>
    /// <returns>Why the rows are not complete, or <see langword="null"/>.</returns>
    public async Task<StepFailure?> ReadAsync(
        StepPlan step,
        JsonElement arguments,
        List<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        for (var page = 1; ; page++)
        {
            if (budget.TakeRequest() is { } exhausted)
            {
                return exhausted;
            }

            var answer = await call(step.Tool, arguments, cancellationToken);
            if (answer.Failure is not null)
            {
                return budget.Failed(answer);
            }

            var (next, fault) = Read(step, arguments, answer, page, rows);
            if (fault is not null)
            {
                return fault;
            }

            if (next is null)
            {
                return null;
            }

            if (page == step.Pages)
            {
                return step.Pages == 1 ? null : new($"has more than {page} pages; the rest was not read.");
            }

            arguments = next.Value;
        }
    }

    private (JsonElement? Next, StepFailure? Fault) Read(
        StepPlan step,
        JsonElement arguments,
        UpstreamAnswer answer,
        int page,
        List<object?[]> rows
    )
    {
        var body = AnswerCharset.ReadableJson(answer.Response!);
        if (body.Length > CompositionOptions.MaxAnswerBytes)
        {
            return (null, new("answered more than can be read."));
        }

        if (body.IsEmpty)
        {
            return (null, null);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var count = AddRows(step, document.RootElement, rows);
            if (!budget.TakeRows(count))
            {
                return (null, new($"has more rows than the {budget.MaxRows} that one call reads."));
            }

            return (
                count == 0
                    ? null
                    : PageArguments.Next(step.Tool, arguments, document.RootElement, body.Span, page, out _),
                null
            );
        }
        catch (JsonException)
        {
            return (null, new("answered with invalid JSON."));
        }
    }

    private static int AddRows(StepPlan step, JsonElement root, List<object?[]> rows)
    {
        foreach (var name in step.Rows)
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
            {
                return 0;
            }
        }

        var count = 0;
        foreach (
            var row in step.Rows.Length > 0 && root.ValueKind == JsonValueKind.Array
                ? root.EnumerateArray()
                : (IEnumerable<JsonElement>)[root]
        )
        {
            rows.Add([.. step.Members.Select(member => Cells.Read(row, member))]);
            count++;
        }

        return count;
    }
}
