namespace NeonPanel.Client.Requests;

using System;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

/// <summary>Writes JSON values as text. Numbers keep their original digits.</summary>
internal static class JsonText
{
    private const int UsualBytes = 128;

    /// <summary>Writes a value for a URL or form: a scalar as plain text, null as empty text, an array or object as
    /// compact JSON, because the styles do not define nested values.</summary>
    public static string Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => string.Empty,
            JsonValueKind.Array or JsonValueKind.Object => Json(value),
            _ => value.GetRawText(),
        };

    /// <summary>Writes compact JSON.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="ascii">Whether characters outside ASCII are escaped, as headers require.</param>
    public static string Json(JsonElement value, bool ascii = false) =>
        Encoding.UTF8.GetString(Utf8(value.WriteTo, ascii).Span);

    public static ReadOnlyMemory<byte> Utf8(Action<Utf8JsonWriter> write, bool ascii = false)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualBytes);
        var encoder = ascii ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = encoder }))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    public static bool IsScalar(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);

    public static bool IsJson(string mediaType)
    {
        var bare = mediaType.Split(';')[0].Trim();
        return bare.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
