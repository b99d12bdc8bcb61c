using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The groups that are returned.</summary>
/// <param name="Groups">The groups, in order.</param>
/// <param name="Total">How many groups there are with those that <c>top</c> leaves out.</param>
internal sealed record TotalResult(TotalQuery Query, IReadOnlyList<TotalGroup> Groups, int Total)
{
    /// <summary>Writes the list of groups, and no more of them than fit.</summary>
    /// <param name="maxBytes">Largest size of the list, in bytes.</param>
    /// <returns>How many groups were written.</returns>
    public int Write(Utf8JsonWriter writer, int maxBytes)
    {
        var columns = Columns();
        var before = writer.BytesCommitted + writer.BytesPending;
        var count = 0;
        writer.WriteStartArray();
        foreach (var group in Groups)
        {
            if (count > 0 && writer.BytesCommitted + writer.BytesPending - before > maxBytes)
            {
                break;
            }

            Write(writer, group, columns);
            count++;
        }

        writer.WriteEndArray();
        return count;
    }

    private void Write(Utf8JsonWriter writer, TotalGroup group, List<(string Name, int Function)> columns)
    {
        writer.WriteStartObject();
        foreach (var (member, key) in Query.By.Zip(group.Keys))
        {
            Raw(writer, member.Name, key);
        }

        foreach (var (name, function) in columns)
        {
            Raw(writer, name, group.Currencies[function] ?? "null");
        }

        foreach (var (function, cell) in Query.Functions.Zip(group.Cells))
        {
            writer.WritePropertyName(function.Label);
            writer.WriteRawValue(cell.ToJson(function), skipInputValidation: true);
        }

        foreach (
            var (function, cell) in Query
                .Functions.Zip(group.Cells)
                .Where(pair => pair.Second.Nulls > 0)
                .DistinctBy(pair => pair.First.Member!.Name)
        )
        {
            writer.WriteNumber($"nulls({function.Member!.Name})", cell.Nulls);
        }

        writer.WriteEndObject();
    }

    // One column if all functions have the same currency in each group; none if rows have no currency, or are grouped
    // by it.
    private List<(string Name, int Function)> Columns()
    {
        var columns = new List<(string Name, int Function)>();
        foreach (var (index, function) in Query.Functions.Index())
        {
            if (
                Groups.Any(group => group.Currencies[index] is not null)
                && !columns.Exists(column =>
                    Groups.All(group => group.Currencies[column.Function] == group.Currencies[index])
                )
                && !Query.By.Index().Any(by => Groups.All(group => group.Keys[by.Index] == group.Currencies[index]))
            )
            {
                columns.Add(($"currency({function.Member!.Name})", index));
            }
        }

        return columns is [var only] ? [("currency", only.Function)] : columns;
    }

    private static void Raw(Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(Encoding.UTF8.GetBytes(json), skipInputValidation: true);
    }
}
