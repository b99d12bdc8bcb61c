namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>The bytes of a gzip answer, and behind them a member of one byte (RFC 1952 §2.2: a file may have several).
/// .NET's reader
/// takes a file that is cut off for a whole one. Of a whole one it unpacks that byte last, and of a cut one it does
/// not.</summary>
internal sealed class EndMarkedGzip(Stream packed) : UnpackedStream(packed)
{
    /// <summary>The byte that ends what is unpacked.</summary>
    public const byte Mark = (byte)'.';

    // Header, the byte in a block that is not compressed, its CRC-32 and its length.
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
