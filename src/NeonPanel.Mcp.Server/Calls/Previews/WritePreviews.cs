using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.Failures;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>Shows what a write would do without sending it. Only lookups and reads are sent, with the caller's own
/// credential.</summary>
internal sealed class WritePreviews(
    CallPreparation preparation,
    RequestSketcher sketcher,
    RecordReader records,
    AnswerOptions options
)
{
    /// <summary>Returns whether a call asks for a preview in place of the write.</summary>
    public static bool IsAsked(ToolDescriptor tool, JsonElement arguments) =>
        tool.Preview is { IsOffered: true }
        && arguments.TryGetProperty(ToolPreview.Argument, out var asked)
        && asked.ValueKind == JsonValueKind.True;

    /// <summary>Makes the preview of any tool that writes, whether callers may ask for it or not.</summary>
    /// <param name="read">The arguments of the call after they were checked and names were looked up.</param>
    /// <returns>The preview, or the failure that the write itself would have before it is sent.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the whole tool call took too
    /// long.</exception>
    public async Task<WritePreview> ReadAsync(
        CallContext call,
        NamedArguments read,
        CancellationToken cancellationToken
    )
    {
        var arguments = read.Arguments.Value;
        using var prepared = await preparation.PrepareAsync(call, arguments, cancellationToken);
        if (prepared.Failure is { } refused)
        {
            return new("", refused);
        }

        RequestSketch request;
        try
        {
            request = await sketcher.DrawAsync(call, prepared, cancellationToken);
        }
        catch (InvalidArgumentsException exception)
        {
            return new("", UpstreamFailures.Refused(call.Tool, exception.Violations));
        }

        var content = new PreviewContent(request, [.. read.Replacement?.Names() ?? []]);
        var notes = new List<string>
        {
            $"Preview: nothing was sent. Without {ToolPreview.Argument}, the call is sent.",
        };
        var plan = call.Tool.Preview ?? new();
        var present = await PresentAsync(plan, call, arguments, notes, cancellationToken);
        if (present is { Failure: { IsUnauthorized: true } unauthorized })
        {
            return new("", unauthorized);
        }

        if (present?.Record is { } record)
        {
            content = WithRecord(content, record, plan);
        }

        content = content with { Total = plan.Lines is { } lines ? LineTotal.Of(lines, arguments) : null };
        content = await WithDueAsync(content, plan, call, present?.Record, notes, cancellationToken);
        return new(PreviewText.Of(content), Result(call.Tool, arguments, content, notes));
    }

    private async Task<RecordReading?> PresentAsync(
        ToolPreview plan,
        CallContext call,
        JsonElement arguments,
        List<string> notes,
        CancellationToken cancellationToken
    )
    {
        if (plan.Record is not { } source)
        {
            return null;
        }

        var reading = await records.ReadAsync(source, call, arguments, cancellationToken);
        if (reading.Failure is { } failure)
        {
            notes.Add($"The present record is unknown: {failure.Text}");
        }

        return reading;
    }

    // A call without a body is about the whole record.
    private static PreviewContent WithRecord(PreviewContent content, JsonElement record, ToolPreview plan)
    {
        var request = content.Request;
        var sent = (request.Template.Body?.Members ?? [])
            .Where(member => request.Arguments.TryGetProperty(member.Argument, out _))
            .Select(member => KeyValuePair.Create(member.Argument, request.Arguments.GetProperty(member.Argument)))
            .ToList();
        return sent.Count == 0
            ? content with
            {
                Record = record,
            }
            : content with
            {
                Comparison = RecordComparison.Of(sent, record, plan.Members),
            };
    }

    private async Task<PreviewContent> WithDueAsync(
        PreviewContent content,
        ToolPreview plan,
        CallContext call,
        JsonElement? record,
        List<string> notes,
        CancellationToken cancellationToken
    )
    {
        var arguments = content.Request.Arguments;
        if (plan.Due is not { } due || JsonPlaces.Text(arguments, due.Term) is null)
        {
            return content;
        }

        var reading = await records.ReadAsync(due.Source, call, arguments, cancellationToken);
        if (reading.Failure is { } failure)
        {
            notes.Add($"The due dates are unknown: {failure.Text}");
        }

        return reading.Record is not { } term
            ? content
            : content with
            {
                Due = DuePart.Of(due, term, content.Total?.Sum, DateOf),
            };

        string? DateOf(string anchor)
        {
            if (arguments.TryGetProperty(anchor, out var sent))
            {
                return sent.ValueKind == JsonValueKind.String ? sent.GetString() : null;
            }

            var path = plan.Members.FirstOrDefault(member => member.Name == anchor)?.Path ?? [anchor];
            return record is { } known && RecordComparison.At(known, path) is { ValueKind: JsonValueKind.String } date
                ? date.GetString()
                : null;
        }
    }

    // Text of third parties in the record is treated as in an answer.
    private ToolResult Result(ToolDescriptor tool, JsonElement arguments, PreviewContent content, List<string> notes)
    {
        var json = PreviewWriter.Write(content);
        var outline = AnswerOutline.Read(json);
        json = StrangersText.Rewrite(json, outline.Traits, out var hasHidden);
        json = AnswerShortener.Shorten(
            tool,
            arguments,
            json,
            outline,
            options.MaxResultChars,
            notes,
            AnswerShortener.Reserve(notes) + StrangersNotes.MaxChars
        );
        notes.AddRange(StrangersNotes.Of(json, outline.Traits, hasHidden));
        return new(null, json, IsError: false) { Notes = notes };
    }
}

/// <summary>What a write would do.</summary>
/// <param name="Text">The preview for a person, at most <see cref="PreviewText.MaxChars"/> characters; empty if there
/// is none.</param>
/// <param name="Result">The preview for a client: <c>{"preview": {…}}</c> with notes; or the failure.</param>
internal sealed record WritePreview(string Text, ToolResult Result)
{
    /// <summary>Gets whether the write itself would fail before it is sent, or could not be looked at.</summary>
    public bool IsFailure => Result.IsError;
}
