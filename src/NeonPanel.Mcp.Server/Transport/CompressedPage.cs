using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>A text that is compressed once and inserted between other texts in many gzip responses (RFC 1952). A
/// response to <c>tools/list</c> contains the id of its request, so it cannot be compressed in advance as a whole.
/// Deflate data is a sequence of blocks (RFC 1951 §3.2.3): the texts before and after the page use blocks without
/// compression.</summary>
internal sealed class CompressedPage
{
    private const int LongestStoredBlock = ushort.MaxValue;

    // RFC 1952 §2.3: no name, no time, no extra field, unknown operating system.
    private static ReadOnlySpan<byte> Head => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

    private readonly byte[] page;
    private readonly byte[] blocks;

    public CompressedPage(byte[] page)
    {
        this.page = page;
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(page);
            // Flushing ends the data at a whole byte, without the block that ends the stream.
            deflate.Flush();
            blocks = target.ToArray();
        }
    }

    /// <summary>Writes one gzip member that contains the text before the page, the page, and the text after
    /// it.</summary>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        output.Write(Head);
        WriteStored(output, before, isLast: false);
        output.Write(blocks);
        WriteStored(output, after, isLast: true);
        var check = new Crc32();
        check.Append(before);
        check.Append(page);
        check.Append(after);
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, check.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)(before.Length + page.Length + after.Length));
        output.Write(trailer);
    }

    // RFC 1951 §3.2.4: a byte of flags, the length, its complement, then the bytes.
    private static void WriteStored(IBufferWriter<byte> output, ReadOnlySpan<byte> text, bool isLast)
    {
        Span<byte> head = stackalloc byte[5];
        do
        {
            var part = text[..Math.Min(text.Length, LongestStoredBlock)];
            text = text[part.Length..];
            head[0] = (byte)(isLast && text.IsEmpty ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)part.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~part.Length);
            output.Write(head);
            output.Write(part);
        } while (!text.IsEmpty);
    }
}
