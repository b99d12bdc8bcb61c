namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>A gzip response, followed by a gzip member that contains one byte (RFC 1952 §2.2 allows several members).
/// .NET's reader does not report a truncated file. The extra byte detects truncation: after a complete response the
/// reader returns the byte last, after a truncated one it does not return it.</summary>
internal sealed class EndMarkedGzip(Stream packed) : UnpackedStream(packed)
{
    /// <summary>The byte that ends the decompressed data of a complete response.</summary>
    public const byte Mark = (byte)'.';

    // Header, the byte in a block without compression, its CRC-32 and its length.
    private static readonly byte[] Member =
    [
        0x1F,
        0x8B,
        8,
        0,
        0,
        0,
        0,
        0,
        0,
        0xFF,
        1,
        1,
        0,
        0xFE,
        0xFF,
        Mark,
        0x42,
        0xE2,
        0xD4,
        0x0E,
        1,
        0,
        0,
        0,
    ];

    private int sent;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (sent == 0 && await Packed.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            return count;
        }

        var rest = Member.AsMemory(sent, Math.Min(Member.Length - sent, buffer.Length));
        rest.CopyTo(buffer);
        sent += rest.Length;
        return rest.Length;
    }
}
