using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>Writes a preview as a short text for a person who must confirm the write: at most
/// <see cref="MaxChars"/> characters in lines, without hidden characters.</summary>
internal static class PreviewText
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxChars = 2000;

    private const int MostLines = 8;
    private const string More = "…";

    public static string Of(PreviewContent content)
    {
        var lines = new List<string> { $"{content.Request.Template.Method} {content.Request.Template.Path}" };
        lines.AddRange(content.Request.Parameters().Select(pair => $"{pair.Key}: {Named(content, pair)}"));
        if (content.Record is { } record)
        {
            lines.Add("Record: " + Scalars(record));
        }

        if (content.Comparison is { } comparison)
        {
            lines.AddRange(Changes(content, comparison));
        }
        else if (content.Request.Parts.Count > 0)
        {
            lines.AddRange(
                Few(content.Request.Parts.Where(part => part.Text is null).Select(part => File(content, part)))
            );
        }
        else
        {
            lines.AddRange(Body(content));
        }

        lines.AddRange(Amounts(content));
        return Cut(string.Join('\n', lines));
    }

    private static List<string> Changes(PreviewContent content, RecordComparison comparison)
    {
        if (comparison.Changes.Count == 0)
        {
            return ["Nothing would change."];
        }

        return Few(
            comparison.Changes.Select(change =>
                change.Items is { } items
                    ? Count($"{change.Member}: {items.Old.Count} removed, {items.New.Count} new, {items.Same} the same")
                    : $"{change.Member}: {Old(change)} → {Named(content, KeyValuePair.Create(change.Member, change.New))}"
            )
        );
    }

    private static string Count(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Old(RecordChange change)
    {
        if (change.Old is not { } old)
        {
            return "?";
        }

        return change.OldName is { } name ? $"{Shown(old)} ({Safe(name)})" : Shown(old);
    }

    // The members of an object body; other bodies have no short form.
    private static List<string> Body(PreviewContent content)
    {
        if (content.Request.Template.Body is not { Members: { } members })
        {
            return [];
        }

        return Few(
            members
                .Where(member => content.Request.Arguments.TryGetProperty(member.Argument, out _))
                .Select(member =>
                    KeyValuePair.Create(member.Argument, content.Request.Arguments.GetProperty(member.Argument))
                )
                .Select(pair => $"{pair.Key}: {Named(content, pair)}")
        );
    }

    private static string File(PreviewContent content, Client.Requests.SentPart part) =>
        Count(
            $"File: {Safe(part.FileName ?? content.Request.FileName ?? part.Name)}, {part.ContentType}, {part.Length} bytes"
        );

    private static IEnumerable<string> Amounts(PreviewContent content)
    {
        if (content.Total is { } total)
        {
            foreach (var line in Few(total.Lines.Where(line => line.Price is not null).Select(Line)))
            {
                yield return line;
            }

            if (total.Sum is { } sum)
            {
                yield return $"Total: {sum} {Safe(total.Currency ?? "")}".TrimEnd();
            }
        }

        foreach (var line in Few(content.Due.Select(Due)))
        {
            yield return line;
        }
    }

    private static string Line(SummedLine line) => $"{line.Quantity} × {line.Price} = {line.Amount}";

    private static string Due(DuePart part)
    {
        var day = part.Date is { } date
            ? PreviewWriter.Text(date)
            : Count($"{part.Days} days after {Safe(part.Anchor)}");
        return $"Due: {day}, {part.Percent} %" + (part.Amount is { } amount ? $", {amount}" : "");
    }

    private static List<string> Few(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count > MostLines
            ? [.. all.Take(MostLines), Count($"{More} and {all.Count - MostLines} more")]
            : all;
    }

    // The id and the name that it was found by.
    private static string Named(PreviewContent content, KeyValuePair<string, JsonElement> sent) =>
        content.NameOf(sent.Key, sent.Value) is { } name ? $"{Shown(sent.Value)} ({Safe(name)})" : Shown(sent.Value);

    private static string Scalars(JsonElement record) =>
        string.Join(
            ", ",
            record
                .EnumerateObject()
                .Where(member =>
                    member.Value.ValueKind
                        is JsonValueKind.String
                            or JsonValueKind.Number
                            or JsonValueKind.True
                            or JsonValueKind.False
                )
                .Take(MostLines)
                .Select(member => $"{Safe(member.Name)} {Shown(member.Value)}")
        );

    private static string Shown(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "nothing",
            JsonValueKind.Array => Count($"{value.GetArrayLength()} items"),
            JsonValueKind.Object => Count($"{value.GetPropertyCount()} members"),
            _ => Safe(value.ToString()),
        };

    private static string Safe(string text) => ArgumentPath.Shown(HiddenText.Of(text));

    private static string Cut(string text) => text.Length <= MaxChars ? text : text[..(MaxChars - 1)] + More;
}
