using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>Answers a call that asks for totals, or for the rows of all pages (rule D12).</summary>
internal sealed class WholeList(PageWalk walk, AnswerOptions options)
{
    private const string Rows = "rows";
    private const string Matched = "matched";
    private const string FirstPage = "first_page";
    private const string Pages = "pages";
    private const string Complete = "complete";
    private const string Missing = "missing";
    private const string Changed = "changed";
    private const string Next = "next";

    /// <summary>Space reserved for the members beside the rows, in bytes.</summary>
    private const int AroundRows = 1000;

    /// <param name="fields">The members to keep of each row, or <see langword="null"/> for all.</param>
    public async Task<ToolResult> CallAsync(
        WalkedCall call,
        FieldSelection? fields,
        CancellationToken cancellationToken
    )
    {
        var violations = new List<string>();
        var query = WholeListQuery.Read(call.Tool, call.Arguments, violations);
        if (violations.Count > 0)
        {
            return UpstreamFailures.Refused(call.Tool, violations);
        }

        var arguments = PageArguments.WithLargestPage(call.Tool, call.Arguments);
        var fold = new RowFold(call.Tool, query, fields, options.MaxResultChars - AroundRows);
        try
        {
            var report = await walk.ReadAsync(call with { Arguments = arguments }, fold, cancellationToken);
            var result = report.Failure ?? ResultOf(call.Tool, query, fold, report);
            return result with
            {
                UpstreamStatus = report.Status,
                Notes =
                    fold.Collected is { IsReduced: true } && !result.IsError && fields?.Note is { } left
                        ? [.. result.Notes, left]
                        : result.Notes,
            };
        }
        catch (RowFaultException fault)
        {
            return UpstreamFailures.Refused(call.Tool, [fault.Message]);
        }
    }

    private ToolResult ResultOf(ToolDescriptor tool, WholeListQuery query, RowFold fold, WalkReport report)
    {
        var notes = new List<string>();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AnswerText.WriterOptions))
        {
            writer.WriteStartObject();
            if (report.Ignored is { } ignored)
            {
                notes.Add(ignored);
            }

            if (query.Total is not null)
            {
                writer.WritePropertyName(TotalReader.Argument);
                var result = fold.Result();
                var count = result.Write(writer, options.MaxResultChars - AroundRows);
                if (count < result.Groups.Count)
                {
                    notes.Add(
                        $"Only the first {count} of {result.Groups.Count} groups are here; ask for 'top {count}', or narrow the rows with 'where'."
                    );
                }
            }
            else
            {
                WriteRows(writer, tool.Rows!.Path, fold.Collected!);
            }

            notes.AddRange(WriteFacts(writer, tool, query, fold, report));
            writer.WriteEndObject();
        }

        var traits = JsonText.Check(buffer.WrittenSpan, (_, _) => { });
        var json = StrangersText.Rewrite(buffer.WrittenMemory, traits, out var hasHidden);
        notes.AddRange(StrangersNotes.Of(json, traits, hasHidden));
        return new(null, json, IsError: false) { Notes = notes, IsCut = fold.Collected is { IsFull: true } };
    }

    private static void WriteRows(Utf8JsonWriter writer, string path, RowCollection rows)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            writer.WriteStartObject(step);
        }

        writer.WritePropertyName(steps[^1]);
        writer.WriteRawValue([(byte)'[', .. rows.Json.Span, (byte)']'], skipInputValidation: true);
        foreach (var _ in steps[..^1])
        {
            writer.WriteEndObject();
        }
    }

    // Returns the same as sentences, for readers of the text alone.
    private static List<string> WriteFacts(
        Utf8JsonWriter writer,
        ToolDescriptor tool,
        WholeListQuery query,
        RowFold fold,
        WalkReport report
    )
    {
        var notes = new List<string>();
        var changed = ChangeOf(fold, report);
        Number(Rows, fold.Rows);
        if (query.Where.Count > 0)
        {
            Number(Matched, fold.Matched);
        }

        Number(Pages, report.Pages);
        if (report.First > 1)
        {
            Number(FirstPage, report.First);
            notes.Add($"These are the rows from page {report.First} on, as the call asks.");
        }

        writer.WriteBoolean(NameOf(Complete), !report.IsPartial && changed is null);
        if (report.IsPartial)
        {
            var next = NextStep(tool, query, fold, report);
            writer.WriteString(NameOf(Missing), report.Missing());
            writer.WriteString(NameOf(Next), next);
            notes.Add($"Not complete: {report.Missing()}. {next}");
        }

        if (changed is not null)
        {
            writer.WriteString(NameOf(Changed), changed);
            notes.Add(changed);
        }

        return notes;

        void Number(string name, int value) => writer.WriteNumber(NameOf(name), value);

        // The list itself may have the name.
        string NameOf(string name) => query.Total is null && tool.Rows!.Path.Split('.')[0] == name ? "_" + name : name;
    }

    private static string? ChangeOf(RowFold fold, WalkReport report) =>
        (report.Changed ?? fold.Twice) is { } how
            ? $"The list changed while it was read: {how}. Repeat the call for exact figures."
            : null;

    private static string NextStep(ToolDescriptor tool, WholeListQuery query, RowFold fold, WalkReport report)
    {
        if (fold.Collected is not { IsFull: true } rows)
        {
            return report.NextStep ?? "The call only reads and may be repeated.";
        }

        if (report.Resume is { } number && query.Total is null)
        {
            return $"The first {rows.Count} rows are here. Continue with {tool.Paging.Page}={number} and the same arguments, or ask for a '{TotalReader.Argument}'.";
        }

        var less = tool.TakesFields ? $"Name fewer members in '{FieldSelection.Argument}'" : "Ask for less";
        return query.Where.Count > 0
            ? $"The first {rows.Count} rows are here. {less}, narrow '{ConditionReader.Argument}', or ask for a '{TotalReader.Argument}'."
            : $"The first {rows.Count} rows are here. {less}, or ask for a '{TotalReader.Argument}'.";
    }
}
