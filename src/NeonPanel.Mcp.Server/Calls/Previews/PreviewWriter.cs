using System.Buffers;
using System.Globalization;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.Calls.Totals;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>Writes a preview as the structured content of a result: <c>{"preview": {…}}</c>. docs/calls.md describes
/// its members. A member without content is left out.</summary>
internal static class PreviewWriter
{
    public static ReadOnlyMemory<byte> Write(PreviewContent content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AnswerText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("preview");
            WriteRequest(writer, content.Request);
            WriteNames(writer, content);
            if (content.Record is { } record)
            {
                writer.WritePropertyName("record");
                record.WriteTo(writer);
            }

            if (content.Comparison is { } comparison)
            {
                WriteChanges(writer, content, comparison);
            }

            if (content.Total is { } total)
            {
                WriteTotal(writer, total);
            }

            WriteDue(writer, content.Due);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteRequest(Utf8JsonWriter writer, RequestSketch request)
    {
        writer.WriteString("method", request.Template.Method);
        writer.WriteString("path", request.Template.Path);
        var parameters = request.Parameters().ToList();
        if (parameters.Count > 0)
        {
            writer.WriteStartObject("parameters");
            foreach (var (name, value) in parameters)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        if (request.ContentType is { } type)
        {
            writer.WriteString("content_type", type);
            writer.WritePropertyName("body");
            request.WriteBody(writer);
        }
    }

    private static void WriteNames(Utf8JsonWriter writer, PreviewContent content)
    {
        if (content.Names.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("names");
        foreach (var name in content.Names)
        {
            writer.WriteStartObject();
            writer.WriteString("argument", name.Argument);
            if (name.Sent is { } sent)
            {
                writer.WriteString("sent", sent);
            }

            writer.WriteString("name", name.Name);
            writer.WritePropertyName("value");
            name.Value.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter writer, PreviewContent content, RecordComparison comparison)
    {
        writer.WriteStartArray("changes");
        foreach (var change in comparison.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("member", change.Member);
            if (change.Items is { } items)
            {
                WriteItems(writer, items);
            }
            else
            {
                WriteValues(writer, change, content.NameOf(change.Member, change.New));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (comparison.Same.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("same");
        foreach (var member in comparison.Same)
        {
            writer.WriteStringValue(member);
        }

        writer.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter writer, RecordChange change, string? newName)
    {
        if (change.Old is { } old)
        {
            writer.WritePropertyName("old");
            old.WriteTo(writer);
        }

        if (change.OldName is { } name)
        {
            writer.WriteString("old_name", name);
        }

        writer.WritePropertyName("new");
        change.New.WriteTo(writer);
        if (newName is not null)
        {
            writer.WriteString("new_name", newName);
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, ItemChanges items)
    {
        writer.WriteStartArray("old");
        foreach (var item in items.Old)
        {
            writer.WriteStartObject();
            foreach (var value in item.Values)
            {
                writer.WritePropertyName(value.Name);
                value.Value.WriteTo(writer);
                if (value.Label is { } label)
                {
                    writer.WriteString(value.Name + "_name", label);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("new");
        foreach (var item in items.New)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteNumber("same_items", items.Same);
    }

    private static void WriteTotal(Utf8JsonWriter writer, LineTotal total)
    {
        writer.WriteStartArray("lines");
        foreach (var line in total.Lines)
        {
            writer.WriteStartObject();
            WriteNumber(writer, "quantity", line.Quantity);
            WriteNumber(writer, "price", line.Price);
            WriteNumber(writer, "amount", line.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteNumber(writer, "total", total.Sum);
        if (total.Currency is { } currency)
        {
            writer.WriteString("currency", currency);
        }
    }

    private static void WriteDue(Utf8JsonWriter writer, IReadOnlyList<DuePart> due)
    {
        if (due.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("due");
        foreach (var part in due)
        {
            writer.WriteStartObject();
            if (part.Date is { } date)
            {
                writer.WriteString("date", Text(date));
            }

            writer.WriteNumber("days", part.Days);
            writer.WriteString("after", part.Anchor);
            WriteNumber(writer, "percent", part.Percent);
            WriteNumber(writer, "amount", part.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Returns a day as <c>2026-11-30</c>.</summary>
    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void WriteNumber(Utf8JsonWriter writer, string name, ExactDecimal? number)
    {
        if (number is { } value)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.ToString());
        }
    }
}
