namespace NeonPanel.Client.Requests;

using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;

/// <summary>A run of bytes of a body. A large value is read from the arguments while the body is sent, so that it is in
/// memory once. Base64 is decoded during that read.</summary>
internal sealed class BodyPiece
{
    /// <summary>The chunk size. It is a multiple of four, so that each chunk of base64 can be decoded alone.</summary>
    private const int ChunkBytes = 64 * 1024;
    private const int DigitsOfGroup = 4;
    private const int BytesOfGroup = 3;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly ReadOnlyMemory<byte> base64;
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

    private BodyPiece(ReadOnlyMemory<byte> base64, ReadOnlyMemory<byte> last)
    {
        this.base64 = base64;
        bytes = last;
        Length = (base64.Length / DigitsOfGroup * BytesOfGroup) + last.Length;
    }

    public long Length { get; }

    /// <summary>Creates a piece that sends the raw text of a JSON value.</summary>
    public static BodyPiece OfJson(JsonElement value) =>
        new(value, .., isBase64: false, JsonMarshal.GetRawUtf8Value(value).Length);

    /// <summary>Creates a piece that sends the bytes encoded as base64 in a JSON string.</summary>
    /// <param name="text">A JSON string.</param>
    /// <param name="base64">The range of the base64 in the raw text of the string.</param>
    /// <returns>The piece, or <see langword="null"/> when the text is not padded base64 of the usual alphabet without
    /// white space.</returns>
    public static BodyPiece? OfBase64(JsonElement text, Range base64)
    {
        var digits = JsonMarshal.GetRawUtf8Value(text)[base64];
        // White space is valid base64 too, but it would move the chunk boundaries away from groups of four.
        return digits.Length % 4 == 0 && !digits.ContainsAny(" \t"u8) && Base64.IsValid(digits, out var length)
            ? new(text, base64, isBase64: true, length)
            : null;
    }

    /// <summary>Creates a piece that sends the bytes encoded as base64 of the usual alphabet, padded or not, without
    /// white space. The memory must not change.</summary>
    /// <returns>The piece, or <see langword="null"/> when the text is not such base64.</returns>
    public static BodyPiece? OfBase64(ReadOnlyMemory<byte> text)
    {
        // The padding completes a group (RFC 4648 §3.2), or is left out.
        var digits = text.Span.TrimEnd((byte)'=').Length;
        var padding = text.Length - digits;
        if (padding > 2 || (padding > 0 && text.Length % DigitsOfGroup != 0))
        {
            return null;
        }

        // The last group, if it is not whole, is decoded at once.
        var whole = digits / DigitsOfGroup * DigitsOfGroup;
        Span<byte> group = [(byte)'=', (byte)'=', (byte)'=', (byte)'='];
        text.Span[whole..digits].CopyTo(group);
        var last = new byte[BytesOfGroup];
        var count = 0;
        if (
            !Base64.IsValid(text.Span[..whole])
            || (
                digits > whole
                && Base64.DecodeFromUtf8(group, last, out _, out count) != System.Buffers.OperationStatus.Done
            )
        )
        {
            return null;
        }

        return new(text[..whole], last.AsMemory(0, count));
    }

    /// <summary>Gets the bytes in order. All chunks share one buffer: the next chunk overwrites the previous
    /// one.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        if (!base64.IsEmpty)
        {
            var buffer = new byte[Math.Min(ChunkBytes, base64.Length)];
            for (var at = 0; at < base64.Length; at += ChunkBytes)
            {
                var digits = base64.Span[at..Math.Min(at + ChunkBytes, base64.Length)];
                Base64.DecodeFromUtf8(digits, buffer, out _, out var decoded);
                yield return buffer.AsMemory(0, decoded);
            }
        }

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
