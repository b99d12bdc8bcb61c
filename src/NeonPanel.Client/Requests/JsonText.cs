namespace NeonPanel.Client.Requests;

using System;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

/// <summary>JSON values as text. Numbers keep the digits they were written with.</summary>
internal static class JsonText
{
    private const int UsualBytes = 128;

    /// <summary>A scalar as it stands in a URL or form; an array or object, for which no style has a form of its own when
    /// it is nested, as compact JSON; null as nothing.</summary>
    public static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => string.Empty,
        JsonValueKind.Array or JsonValueKind.Object => Json(value),
        _ => value.GetRawText(),
    };

    /// <summary>Compact JSON.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="ascii">Whether everything outside ASCII is escaped, as a header needs it.</param>
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
