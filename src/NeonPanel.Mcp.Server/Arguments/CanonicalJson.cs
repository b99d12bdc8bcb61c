using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Writes the same text for all JSON values that are equal in JSON Schema, such as <c>1</c> and <c>1.0</c>, or
/// objects whose members differ in order only.</summary>
internal static class CanonicalJson
{
    public static string Of(JsonElement value) => Of(value, new());

    /// <param name="scratch">A buffer that is overwritten. The caller reuses it for all items of a list.</param>
    public static string Of(JsonElement value, StringBuilder scratch)
    {
        scratch.Clear();
        Append(scratch, value);
        return scratch.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    Quote(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Quote(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                AppendNumber(text, value);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    // An integer without trailing zeros is written as ExactNumber would write it, but without allocating strings.
    private static void AppendNumber(StringBuilder text, JsonElement value)
    {
        var digits = JsonMarshal.GetRawUtf8Value(value);
        if (digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 || digits[0] == '0' || digits[^1] == '0')
        {
            text.Append(ExactNumber.Of(value).ToString());
            return;
        }

        text.Append("0.");
        foreach (var digit in digits)
        {
            text.Append((char)digit);
        }

        text.Append('e').Append(digits.Length);
    }

    private static void Quote(StringBuilder text, string value) =>
        text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)).Append('"');
}
