using System.Globalization;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Leaves out whole items and members of an answer that is too long (rule D7). A note
/// says so, and how to get the rest. The remaining text keeps its bytes. Together with its notes, the answer is within
/// the limit.</summary>
internal static class AnswerShortener
{
    /// <summary>Space reserved for the note with the name of its member, in characters of JSON text.</summary>
    private const int NoticeChars = 700;
    private const int AroundNotice = 20;
    private const int MaxNotices = 3;

    /// <param name="json">A JSON object.</param>
    /// <param name="outline">The outline of the object's root.</param>
    /// <param name="maxChars">Longest result, in characters.</param>
    /// <param name="notes">Receives the notice, if the answer is shortened.</param>
    /// <param name="reserved">Characters of JSON text that other notes take.</param>
    public static ReadOnlyMemory<byte> Shorten(
        ToolDescriptor tool,
        JsonElement arguments,
        ReadOnlyMemory<byte> json,
        AnswerOutline outline,
        int maxChars,
        List<string> notes,
        int reserved = 0
    )
    {
        // Many long notes must not leave a caller without an answer.
        maxChars -= Math.Min(reserved, maxChars / 2);
        if (json.Length <= maxChars || Encoding.UTF8.GetCharCount(json.Span) is var length && length <= maxChars)
        {
            return json;
        }

        var excess = length - (maxChars - NoticeChars);
        var cut = new AnswerCut(json);
        if (cut.Take(excess) < excess)
        {
            cut = new(json, isWhole: true);
            cut.Take(excess);
        }

        notes.Add(NoticeOf(tool, arguments, outline, cut));
        return cut.Remainder();
    }

    /// <summary>Counts the characters of JSON text that notes take.</summary>
    public static int Reserve(IEnumerable<string?> notes) =>
        notes.Sum(note => note is null ? 0 : AnswerText.Chars(note) + AroundNotice);

    /// <summary>Keeps the first whole lines of a text.</summary>
    public static string ShortenLines(string text, int maxChars, List<string> notes)
    {
        if (text.Length <= maxChars && AnswerText.Chars(text) <= maxChars)
        {
            return text;
        }

        var end = EndOfLines(text, maxChars);
        notes.Add(
            $"Only the first {Lines(text.AsSpan(0, end))} of {Lines(text)} lines are here, the rest was left out. Ask for less: a narrower filter or a shorter span."
        );
        return text[..end];

        static int Lines(ReadOnlySpan<char> lines) => lines.Count('\n') + (lines.IsEmpty || lines[^1] == '\n' ? 0 : 1);
    }

    // Counts characters of JSON text: a line end and a quotation mark take two, other control characters six.
    private static int EndOfLines(string text, int maxChars)
    {
        var end = 0;
        var left = maxChars;
        while (
            text.IndexOf('\n', end, Math.Min(left, text.Length - end)) is var at and >= 0
            && AnswerText.Chars(text[end..(at + 1)]) is var chars
            && chars <= left
        )
        {
            end = at + 1;
            left -= chars;
        }

        return end;
    }

    // If the sentences with long paths do not fit, the last of them are dropped, but never the one that says how to go
    // on.
    private static string NoticeOf(ToolDescriptor tool, JsonElement arguments, AnswerOutline outline, AnswerCut cut)
    {
        List<string> sentences =
        [
            .. cut
                .Lists.Take(MaxNotices)
                .Select(list =>
                    $"Only the first {list.Shown} of {list.Total} items of {(list.Path.Length == 0 ? "the answer" : list.Path)} are here, the rest was left out."
                ),
            .. cut.MemberCount == 0
                ? []
                : (string[])
                    [
                        $"Left out for their size: {string.Join(", ", cut.Members.Take(MaxNotices))}{(cut.MemberCount > MaxNotices ? $" and {cut.MemberCount - MaxNotices} more" : "")}.",
                    ],
            HowToGoOn(tool, arguments, outline, cut),
        ];
        while (sentences.Count > 1 && AnswerText.Quote(string.Join(' ', sentences)).Length > NoticeChars - AroundNotice)
        {
            sentences.RemoveAt(sentences.Count - 2);
        }

        return string.Join(' ', sentences);
    }

    private static string HowToGoOn(ToolDescriptor tool, JsonElement arguments, AnswerOutline answer, AnswerCut cut)
    {
        var fields = tool.TakesFields
            ? $"name the members you need in '{FieldSelection.Argument}'"
            : "ask for less: a narrower filter or a shorter span";
        if ((NextPart(tool, answer, cut) ?? NextItem(tool, arguments, answer, cut)) is { } next)
        {
            return $"Continue with {next}, or {fields}.";
        }

        var isPaged =
            tool.Paging.Size is { } sizeName
            && tool.Arguments.Properties.TryGetValue(sizeName, out var size)
            && cut.Lists is [{ IsTop: true }, ..]
            && Limit(size.Minimum) is var least
            && (answer.Number(Paging.PerPage) ?? int.MaxValue) > least
            && !(Paging.Number(arguments, sizeName) <= least);
        return char.ToUpperInvariant(fields[0])
            + fields[1..]
            + (isPaged ? $", or ask with a smaller {tool.Paging.Size}." : ".");
    }

    // Returns a smaller page size that fits, and the page that then contains the first missing item. Items may be
    // repeated, but none is skipped.
    private static string? NextPart(ToolDescriptor tool, AnswerOutline answer, AnswerCut cut)
    {
        if (
            cut.Lists is not [{ IsTop: true, Shown: > 0 } list]
            || answer.Number(Paging.CurrentPage) is not { } current
            || answer.Number(Paging.PerPage) is not { } perPage
            || current < 1
            || perPage < list.Total
            || tool.Paging is not { Page: { } page, Size: { } sizeName }
            || !tool.Arguments.Properties.TryGetValue(sizeName, out var shape)
        )
        {
            return null;
        }

        var size = list.Shown;
        if (size < Limit(shape.Minimum))
        {
            return null;
        }

        var reached = ((current - 1L) * perPage) + list.Shown;
        return $"{page}={(reached / size) + 1} and {sizeName}={size}";
    }

    // The first item that is missing, where the tool counts items instead of pages.
    private static string? NextItem(ToolDescriptor tool, JsonElement arguments, AnswerOutline answer, AnswerCut cut)
    {
        if (
            cut.Lists is not [{ IsTop: true, Shown: > 0 } list]
            || tool.Paging is not { Page: null, Offset: { } offset }
            || answer.Number(Paging.CurrentPage) is not null
        )
        {
            return null;
        }

        return $"{offset}={(Paging.Number(arguments, offset) ?? 0L) + list.Shown}";
    }

    private static int Limit(string? digits) =>
        int.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out var limit) ? limit : 1;
}
