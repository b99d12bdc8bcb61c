using System.Buffers;

namespace NeonPanel.Mcp.Server.Transport.Plain;

/// <summary>A buffer that writes into an array of the shared pool. Disposing it returns the array.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 16 * 1024;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int count;

    public Memory<byte> Written => bytes.AsMemory(0, count);

    public void Advance(int count) => this.count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var wanted = count + Math.Max(sizeHint, 1);
        if (wanted > bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, bytes.Length * 2));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsMemory(count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Discards all written bytes.</summary>
    public void Clear() => count = 0;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        count = 0;
    }
}
