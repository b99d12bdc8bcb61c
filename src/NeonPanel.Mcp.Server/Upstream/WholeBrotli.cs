using System.Buffers;
using System.IO.Compression;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Decompresses a Brotli response (RFC 7932) and detects truncation, which .NET's stream does not.</summary>
internal sealed class WholeBrotli(Stream packed) : UnpackedStream(packed)
{
    private const int InputBytes = 16 * 1024;

    private byte[] input = ArrayPool<byte>.Shared.Rent(InputBytes);
    private Memory<byte> unread;
    private BrotliDecoder decoder;
    private bool isBegun;
    private bool isDone;

    /// <exception cref="InvalidDataException">The data is not Brotli, or it is truncated.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!isDone)
        {
            var status = decoder.Decompress(unread.Span, buffer.Span, out var consumed, out var written);
            unread = unread[consumed..];
            isDone = status == OperationStatus.Done;
            if (status == OperationStatus.InvalidData)
            {
                throw new InvalidDataException();
            }

            if (written > 0 || isDone)
            {
                return written;
            }

            // The decoder asks for more data only after it has consumed all input.
            var count = await Packed.ReadAsync(input, cancellationToken);
            if (count == 0)
            {
                return isBegun ? throw new InvalidDataException() : 0;
            }

            isBegun = true;
            unread = input.AsMemory(0, count);
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && input.Length > 0)
        {
            decoder.Dispose();
            ArrayPool<byte>.Shared.Return(input);
            input = [];
        }

        base.Dispose(disposing);
    }
}
