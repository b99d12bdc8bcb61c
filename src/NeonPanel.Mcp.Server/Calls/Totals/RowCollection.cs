using System.Buffers;
using System.Text;
using NeonPanel.Mcp.Server.Answers;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The rows that are returned, up to a size.</summary>
internal sealed class RowCollection(string path, FieldSelection? selection, int maxBytes)
{
    private readonly ArrayBufferWriter<byte> rows = new();
    private readonly ArrayBufferWriter<byte> page = new();

    /// <summary>Gets how many rows are collected.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether a row did not fit: no more rows are taken.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Gets whether a member of a row was left out.</summary>
    public bool IsReduced { get; private set; }

    /// <summary>Gets the rows as JSON text with commas between them.</summary>
    public ReadOnlyMemory<byte> Json => rows.WrittenMemory;

    public void BeginPage() => page.ResetWrittenCount();

    /// <summary>Adds a row of the page.</summary>
    public void Add(ReadOnlySpan<byte> row)
    {
        if (IsFull)
        {
            return;
        }

        if (selection is null)
        {
            Keep(row);
            return;
        }

        page.Write(page.WrittenCount == 0 ? ""u8 : ","u8);
        page.Write(row);
    }

    /// <summary>Reduces the rows of the page to the selected members, and keeps them.</summary>
    public void EndPage()
    {
        if (selection is null || page.WrittenCount == 0)
        {
            return;
        }

        var steps = path.Split('.');
        var before = string.Concat(steps.Select(step => "{\"" + System.Text.Json.JsonEncodedText.Encode(step) + "\":"));
        var after = new string('}', steps.Length);
        byte[] answer =
        [
            .. Encoding.UTF8.GetBytes(before),
            (byte)'[',
            .. page.WrittenSpan,
            (byte)']',
            .. Encoding.UTF8.GetBytes(after),
        ];
        var json = selection.Apply(answer, out var isReduced).Span;
        IsReduced |= isReduced;
        var start = 0;
        for (var depth = 0; depth < steps.Length; depth++)
        {
            var parts = new AnswerParts(json, start);
            if (!parts.MoveNext())
            {
                return; // no member of the rows is selected
            }

            start = parts.Start;
        }

        var list = new AnswerParts(json, start);
        while (list.MoveNext() && !IsFull)
        {
            Keep(json[list.Value.Start..list.Value.End]);
        }
    }

    private void Keep(ReadOnlySpan<byte> row)
    {
        if (rows.WrittenCount + row.Length + 1 > maxBytes)
        {
            IsFull = true;
            return;
        }

        rows.Write(Count == 0 ? ""u8 : ","u8);
        rows.Write(row);
        Count++;
    }
}
