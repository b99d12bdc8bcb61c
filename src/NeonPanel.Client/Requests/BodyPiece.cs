namespace NeonPanel.Client.Requests;

using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;

/// <summary>A run of bytes of a body. Large values stay in the arguments and are read from there while the body is sent, so that they are in
/// memory once; a file that came as base64 is decoded on the way.</summary>
internal sealed class BodyPiece
{
    /// <summary>A multiple of four, so that each chunk of base64 is decoded by itself.</summary>
    private const int ChunkBytes = 64 * 1024;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly JsonElement source;
    private readonly Range range;
    private readonly bool isBase64;

    public BodyPiece(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = bytes;
        Length = bytes.Length;
    }

    private BodyPiece(JsonElement source, Range range, bool isBase64, int length)
    {
        this.source = source;
        this.range = range;
        this.isBase64 = isBase64;
        Length = length;
    }

    public long Length { get; }

    /// <summary>Makes a piece of a value as it was written.</summary>
    public static BodyPiece OfJson(JsonElement value) => new(value, .., isBase64: false, JsonMarshal.GetRawUtf8Value(value).Length);

    /// <summary>Makes a piece of the bytes that base64 in a JSON string stands for.</summary>
    /// <param name="text">A JSON string.</param>
    /// <param name="base64">Where the base64 stands in the raw text of the string.</param>
    /// <returns><see langword="null"/> for text that is not padded base64 of the usual alphabet, without white space.</returns>
    public static BodyPiece? OfBase64(JsonElement text, Range base64)
    {
        var digits = JsonMarshal.GetRawUtf8Value(text)[base64];
        // White space would be valid as well, but a chunk would end anywhere then.
        return digits.Length % 4 == 0 && !digits.ContainsAny(" \t"u8) && Base64.IsValid(digits, out var length)
            ? new(text, base64, isBase64: true, length)
            : null;
    }

    /// <summary>Gets the bytes in order. A chunk is overwritten by the next.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        if (source.ValueKind == JsonValueKind.Undefined)
        {
            yield return bytes;
            yield break;
        }

        var (start, count) = range.GetOffsetAndLength(JsonMarshal.GetRawUtf8Value(source).Length);
        var chunk = new byte[Math.Min(ChunkBytes, count)];
        for (var at = 0; at < count; at += ChunkBytes)
        {
            yield return chunk.AsMemory(0, Read(start + at, Math.Min(ChunkBytes, count - at), chunk));
        }
    }

    private int Read(int start, int count, byte[] chunk)
    {
        var part = JsonMarshal.GetRawUtf8Value(source).Slice(start, count);
        if (isBase64)
        {
            Base64.DecodeFromUtf8(part, chunk, out _, out count);
        }
        else
        {
            part.CopyTo(chunk);
        }

        return count;
    }
}
