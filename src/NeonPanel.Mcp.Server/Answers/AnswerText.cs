using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Writes JSON text around the bytes of an answer.</summary>
internal static class AnswerText
{
    /// <summary>Gets the options of all writers of answers: they escape only what JSON requires, and pass on duplicate
    /// names that an API sent.</summary>
    public static JsonWriterOptions WriterOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Wraps an answer that is not an object into one.</summary>
    public static byte[] Wrap(string name, ReadOnlySpan<byte> json) =>
        [.. "{\""u8, .. Encoding.UTF8.GetBytes(name), .. "\":"u8, .. json, .. "}"u8];

    /// <summary>Adds a first member to an object. The rest of the text is unchanged.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="value">The member's value as JSON text.</param>
    public static byte[] WithMember(ReadOnlySpan<byte> json, string name, ReadOnlySpan<byte> value)
    {
        var members = json[(json.IndexOf((byte)'{') + 1)..];
        var isEmpty = members.TrimStart(" \t\r\n"u8)[0] == (byte)'}';
        return
        [
            .. "{\""u8,
            .. Encoding.UTF8.GetBytes(name),
            .. "\":"u8,
            .. value,
            .. isEmpty ? ""u8 : ","u8,
            .. members,
        ];
    }

    /// <summary>Counts the characters of a string as JSON text, without quotation marks.</summary>
    public static int Chars(string text) => JsonEncodedText.Encode(text, WriterOptions.Encoder).Value.Length;

    /// <summary>Writes a string as JSON text.</summary>
    public static byte[] Quote(string text) =>
        [.. "\""u8, .. JsonEncodedText.Encode(text, WriterOptions.Encoder).EncodedUtf8Bytes, .. "\""u8];
}
