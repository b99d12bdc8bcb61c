using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.Server.Composition.Expressions;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Writes the answer of a composed call: whether it is complete, what is missing, totals and tables.</summary>
internal sealed class ResultWriter(CompositionPlan plan, JsonElement arguments, StepRows steps)
{
    private readonly Dictionary<TablePlan, TableRows> tables = [];

    /// <param name="missing">What could not be read, one sentence each.</param>
    /// <param name="unmatched">Names that a list argument contains and no row has.</param>
    public ReadOnlyMemory<byte> Write(List<string> missing, IReadOnlyCollection<string> unmatched)
    {
        foreach (var table in plan.Tables.Values)
        {
            tables[table] = TableRows.Of(table, arguments, steps);
        }

        List<string> gaps = [.. missing, .. plan.Totals.Values.SelectMany(Unknown)];
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteBoolean("complete", gaps.Count == 0);
        WriteTexts(writer, "missing", gaps);
        WriteTexts(writer, "unmatched", unmatched);
        foreach (var name in plan.Members)
        {
            if (plan.Totals.TryGetValue(name, out var totals))
            {
                WriteTotals(writer, totals);
            }
            else if (plan.Tables[name].Unless?.Apply(arguments) != true)
            {
                WriteTable(writer, tables[plan.Tables[name]]);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    // A total without some of its values is too small, so the answer says so.
    private IEnumerable<string> Unknown(TotalsPlan totals)
    {
        var rows = tables[totals.Table];
        return from column in totals.Sums
            where rows.Asked[column]
            let unknown = rows.Rows.Count(row => row[column] is not decimal)
            where unknown > 0
            select $"{totals.Table.Columns[column]}: unknown in {unknown} of {rows.Rows.Count} rows, which the totals leave out.";
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count > 0)
        {
            writer.WriteStartArray(name);
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }
    }

    private void WriteTotals(Utf8JsonWriter writer, TotalsPlan totals)
    {
        var rows = tables[totals.Table];
        writer.WriteStartArray(totals.Name);
        foreach (var group in rows.Rows.GroupBy(row => TableRows.KeyOf(row, totals.By)).Select(group => group.ToList()))
        {
            writer.WriteStartObject();
            foreach (var column in totals.By.Where(column => group[0][column] is not null))
            {
                writer.WritePropertyName(totals.Table.Columns[column]);
                Cells.Write(writer, group[0][column]);
            }

            foreach (var column in totals.Sums.Where(column => rows.Asked[column]))
            {
                writer.WriteNumber(
                    totals.Table.Columns[column],
                    group.Select(row => row[column]).OfType<decimal>().Sum()
                );
            }

            writer.WriteNumber("rows", group.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteTable(Utf8JsonWriter writer, TableRows rows)
    {
        var table = rows.Table;
        var shown = rows.Rows.Take(Top(table)).ToList();
        // A column without a value in any row would only cost tokens. Without rows, the columns say what there is none
        // of.
        var columns = Enumerable
            .Range(0, table.Columns.Count)
            .Where(column => !table.Hidden.Contains(column))
            .Where(column => shown.Count == 0 ? rows.Asked[column] : shown.Exists(row => row[column] is not null))
            .ToList();
        writer.WritePropertyName(table.Name);
        if (table.IsLists)
        {
            writer.WriteStartObject();
            WriteTexts(writer, "columns", [.. columns.Select(column => table.Columns[column])]);
            writer.WriteStartArray("rows");
        }
        else
        {
            writer.WriteStartArray();
        }

        foreach (var row in shown)
        {
            WriteRow(writer, table, columns, row);
        }

        writer.WriteEndArray();
        if (table.IsLists)
        {
            WriteRest(writer, rows.Rows.Count - shown.Count);
            writer.WriteEndObject();
        }
    }

    private static void WriteRest(Utf8JsonWriter writer, int count)
    {
        if (count > 0)
        {
            writer.WriteNumber("more_rows", count);
        }
    }

    private static void WriteRow(Utf8JsonWriter writer, TablePlan table, List<int> columns, object?[] row)
    {
        if (table.IsLists)
        {
            writer.WriteStartArray();
            columns.ForEach(column => Cells.Write(writer, Shown(table, column, row[column])));
            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var column in columns.Where(column => row[column] is not null))
        {
            writer.WritePropertyName(table.Columns[column]);
            Cells.Write(writer, Shown(table, column, row[column]));
        }

        writer.WriteEndObject();
    }

    private int Top(TablePlan table) =>
        table.Top?.Of(arguments, null) is JsonElement top && top.TryGetInt32(out var most) ? most : int.MaxValue;

    // 28 digits that a division left are rounded here, and zeros at the end are left out.
    private static object? Shown(TablePlan table, int column, object? value) =>
        value is decimal number
        && table.Computed.FirstOrDefault(computed => computed.Column == column).Expression
            is QuotientExpression quotient
            ? decimal.Round(number, quotient.Decimals, MidpointRounding.AwayFromZero) / 1.0000000000000000000000000000m
            : value;
}
