namespace NeonPanel.Client.Requests;

using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;

/// <summary>A run of bytes of a body. A file that came as base64 stays in the arguments and is decoded while it is sent, so that it is in
/// memory once.</summary>
internal sealed class BodyPiece
{
    /// <summary>A multiple of four, so that each chunk of base64 is decoded by itself.</summary>
    private const int ChunkChars = 64 * 1024;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly JsonElement text;
    private readonly Range base64;

    public BodyPiece(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = bytes;
        Length = bytes.Length;
    }

    private BodyPiece(JsonElement text, Range base64, int length)
    {
        this.text = text;
        this.base64 = base64;
        Length = length;
    }

    public long Length { get; }

    /// <summary>Makes a piece of base64 that stands in a JSON string.</summary>
    /// <param name="text">A JSON string.</param>
    /// <param name="base64">Where it stands in the raw text of the string.</param>
    /// <returns><see langword="null"/> for text that is not padded base64 of the usual alphabet, without white space.</returns>
    public static BodyPiece? OfBase64(JsonElement text, Range base64)
    {
        var digits = JsonMarshal.GetRawUtf8Value(text)[base64];
        // White space would be valid as well, but a chunk would end anywhere then.
        return digits.Length % 4 == 0 && Base64.IsValid(digits, out var length) && length > (digits.Length / 4 * 3) - 3 && !digits.ContainsAny(" \t"u8)
            ? new(text, base64, length)
            : null;
    }

    /// <summary>Gets the bytes in order. A chunk is overwritten by the next.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        if (text.ValueKind == JsonValueKind.Undefined)
        {
            yield return bytes;
            yield break;
        }

        var (start, chars) = base64.GetOffsetAndLength(JsonMarshal.GetRawUtf8Value(text).Length);
        var chunk = new byte[Math.Min(ChunkChars, chars) / 4 * 3];
        for (var at = 0; at < chars; at += ChunkChars)
        {
            yield return chunk.AsMemory(0, Decode(start + at, Math.Min(ChunkChars, chars - at), chunk));
        }
    }

    private int Decode(int start, int chars, byte[] chunk)
    {
        Base64.DecodeFromUtf8(JsonMarshal.GetRawUtf8Value(text).Slice(start, chars), chunk, out _, out var written);
        return written;
    }
}
