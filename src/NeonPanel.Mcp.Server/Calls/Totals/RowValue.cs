using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>A value of a row, as JSON text.</summary>
/// <param name="json">The text; empty if the row lacks the member.</param>
internal readonly ref struct RowValue(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> json = json;

    /// <summary>Gets the JSON text.</summary>
    public ReadOnlySpan<byte> Json => json;

    public JsonTokenType Kind =>
        json switch
        {
            [] or [(byte)'n', ..] => JsonTokenType.Null,
            [(byte)'"', ..] => JsonTokenType.String,
            [(byte)'{', ..] => JsonTokenType.StartObject,
            [(byte)'[', ..] => JsonTokenType.StartArray,
            [(byte)'t', ..] => JsonTokenType.True,
            [(byte)'f', ..] => JsonTokenType.False,
            _ => JsonTokenType.Number,
        };

    /// <summary>Gets what the value is, for a message. The value itself may be anything.</summary>
    public string KindName =>
        Kind switch
        {
            JsonTokenType.String => "a text",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.True or JsonTokenType.False => "true or false",
            JsonTokenType.Number => "a number",
            _ => "nothing",
        };

    public bool IsNull => Kind == JsonTokenType.Null;

    /// <summary>Gets whether the value is missing, null, an empty text, or an empty list.</summary>
    public bool IsEmpty =>
        IsNull
        || json is [(byte)'"', (byte)'"']
        || (json is [(byte)'[', .., (byte)']'] && json[1..^1].Trim(" \t\r\n"u8).IsEmpty);

    /// <summary>Gets a text, a number or a boolean as text; <see langword="null"/> for other values.</summary>
    public string? Text =>
        Kind switch
        {
            JsonTokenType.String => Unescaped(),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(json),
            _ => null,
        };

    /// <summary>Reads a number, or a text that holds one.</summary>
    public bool TryNumber(out ExactDecimal number)
    {
        number = default;
        return Kind switch
        {
            JsonTokenType.Number => ExactDecimal.TryParse(json, out number),
            JsonTokenType.String => ExactDecimal.TryParse(json[1..^1].Trim((byte)' '), out number),
            _ => false,
        };
    }

    private string? Unescaped()
    {
        if (!json.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(json[1..^1]);
        }

        var reader = new Utf8JsonReader(json);
        return reader.Read() ? reader.GetString() : null;
    }
}
