using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Research;

/// <summary>Writes a record as lines that people can read and cite: <c>amount: 1620 USD</c>. An object inside it is one
/// line, and so is each item of a list.</summary>
internal static class RecordText
{
    private const string Currency = "currency";

    public static string Of(JsonElement record)
    {
        var text = new StringBuilder();
        WriteMembers(text, record, "");
        return text.ToString().TrimEnd('\n');
    }

    private static void WriteMembers(StringBuilder text, JsonElement record, string prefix)
    {
        var currency = CurrencyOf(record);
        foreach (var member in record.EnumerateObject())
        {
            var name = prefix + member.Name;
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.Object when member.Value.EnumerateObject().Any(inner => IsNested(inner.Value)):
                    WriteMembers(text, member.Value, name + ".");
                    break;
                case JsonValueKind.Array:
                    WriteItems(text, member.Value, name);
                    break;
                case var _ when member.Name == Currency && currency is not null:
                    break;
                default:
                    text.Append(name).Append(": ").Append(Inline(member.Name, member.Value, currency)).Append('\n');
                    break;
            }
        }
    }

    private static void WriteItems(StringBuilder text, JsonElement list, string name)
    {
        if (list.EnumerateArray().All(item => !IsNested(item)))
        {
            var values = list.EnumerateArray().Select(item => Inline("", item, null));
            text.Append(name).Append(": ").AppendJoin(", ", values).Append('\n');
            return;
        }

        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            text.Append(name).Append(' ').Append(index + 1).Append(": ").Append(Inline("", item, null)).Append('\n');
        }
    }

    private static bool IsNested(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    // The currency stands behind the amounts if there are amounts.
    private static string? CurrencyOf(JsonElement record) =>
        record.TryGetProperty(Currency, out var currency)
        && currency.ValueKind == JsonValueKind.String
        && record.EnumerateObject().Any(member => IsAmount(member.Name, member.Value))
            ? currency.GetString()
            : null;

    private static bool IsAmount(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && name.Contains("amount", StringComparison.OrdinalIgnoreCase);

    private static string Inline(string name, JsonElement value, string? currency)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var own = CurrencyOf(value);
                return string.Join(
                    ", ",
                    value
                        .EnumerateObject()
                        .Where(member => member.Value.ValueKind != JsonValueKind.Null)
                        .Where(member => member.Name != Currency || own is null)
                        .Select(member => $"{member.Name} {Inline(member.Name, member.Value, own)}")
                );
            case JsonValueKind.Array:
                return "(" + string.Join("; ", value.EnumerateArray().Select(item => Inline("", item, null))) + ")";
            case JsonValueKind.String:
                return value.GetString()!;
            default:
                return value.GetRawText() + (currency is not null && IsAmount(name, value) ? " " + currency : "");
        }
    }
}
