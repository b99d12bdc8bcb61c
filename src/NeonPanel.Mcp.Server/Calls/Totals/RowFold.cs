using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>Takes the rows of one page after the other: tests them, adds them up or collects them.</summary>
internal sealed class RowFold
{
    private static readonly string[] IdNames = ["id", "uuid", "_id"];

    private readonly string path;
    private readonly RowFields fields = new();
    private readonly List<(Condition Condition, int Slot, int Other)> conditions;
    private readonly List<int> ids;
    private readonly SeenRows seen = new();
    private readonly TotalTable? table;
    private readonly RowCollection? rows;

    /// <param name="maxBytes">Largest size of the rows that are collected.</param>
    /// <param name="selection">The members of the rows to collect, or <see langword="null"/> for all.</param>
    public RowFold(ToolDescriptor tool, WholeListQuery query, FieldSelection? selection, int maxBytes)
    {
        path = tool.Rows!.Path;
        conditions =
        [
            .. query.Where.Select(condition =>
                (condition, fields.Add(condition.Member), condition.Other is { } other ? fields.Add(other) : -1)
            ),
        ];
        ids = [.. IdNames.Select(name => fields.Add(new(name, [name], AnswerShape.Anything, IsInList: false)))];
        if (query.Total is { } total)
        {
            var members = RowMembers.Of(tool);
            table = new(total, fields, members, tool.Rows.Currency is { } name ? members.Find(name) : null);
        }
        else
        {
            rows = new(path, selection, maxBytes);
        }
    }

    /// <summary>Gets how many rows were read.</summary>
    public int Rows { get; private set; }

    /// <summary>Gets how many of them meet all conditions.</summary>
    public int Matched { get; private set; }

    /// <summary>Gets the rows that are collected, or <see langword="null"/> if they are added up.</summary>
    public RowCollection? Collected => rows;

    /// <summary>Gets a sentence if a row was on two pages.</summary>
    public string? Twice => seen.Twice;

    /// <summary>Gets the groups.</summary>
    public TotalResult Result() => table!.Result();

    /// <summary>Takes the rows of a page.</summary>
    /// <param name="json">The page as valid JSON.</param>
    /// <param name="page">The number of the page.</param>
    /// <returns><see langword="null"/> if the page has no list at the expected place.</returns>
    /// <exception cref="RowFaultException">A row does not fit the functions or conditions.</exception>
    public PageFacts? Take(ReadOnlySpan<byte> json, int page)
    {
        var start = ListStart(json);
        if (start < 0)
        {
            return null;
        }

        var list = new AnswerParts(json, start);
        var count = 0;
        string? lastId = null;
        rows?.BeginPage();
        while (list.MoveNext())
        {
            count++;
            var place = list.Start;
            list.Leave(fields.Read(json, place));
            lastId = TakeId(json, page);
            if (Fits(json))
            {
                Matched++;
                table?.Add(json);
                rows?.Add(json[place..list.End]);
            }
        }

        Rows += count;
        rows?.EndPage();
        var fingerprint = new HashCode();
        fingerprint.AddBytes(json[start..list.End]);
        return new(count, lastId, AnswerPages.Read(json), fingerprint.ToHashCode());
    }

    private bool Fits(ReadOnlySpan<byte> json)
    {
        var fits = true;
        var alternative = 0;
        foreach (var (condition, slot, other) in conditions)
        {
            if (condition.Alternative != alternative)
            {
                if (fits)
                {
                    return true;
                }

                fits = true;
                alternative = condition.Alternative;
            }

            fits = fits && IsMet(json, condition, slot, other);
        }

        return fits;
    }

    private bool IsMet(ReadOnlySpan<byte> json, Condition condition, int slot, int other) =>
        other < 0
            ? condition.IsMetBy(fields.Value(json, slot))
            : condition.IsMetBy(fields.Value(json, slot), fields.Value(json, other));

    private string? TakeId(ReadOnlySpan<byte> json, int page)
    {
        foreach (var slot in ids)
        {
            var id = fields.Value(json, slot);
            if (id.Kind is JsonTokenType.String or JsonTokenType.Number)
            {
                seen.Add(id.Json, page);
                return id.Text;
            }
        }

        return null;
    }

    private int ListStart(ReadOnlySpan<byte> json)
    {
        var start = JsonText.SkipSpace(json, 0);
        if (json[start] == '[')
        {
            return start;
        }

        foreach (var step in path.Split('.'))
        {
            var parts = new AnswerParts(json, start);
            var found = -1;
            while (parts.IsObject && parts.MoveNext())
            {
                found = parts.NameEquals(step) ? parts.Start : found;
            }

            if (found < 0)
            {
                return -1;
            }

            start = found;
        }

        return json[start] == '[' ? start : -1;
    }
}
