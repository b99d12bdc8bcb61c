using System.Buffers;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>Counts the arrays that are rented at the same time, and their bytes.</summary>
internal sealed class PeakPool : ArrayPool<byte>
{
    private readonly Lock gate = new();
    private int outside;
    private long bytes;

    /// <summary>Gets the most arrays at the same time.</summary>
    public int Peak { get; private set; }

    /// <summary>Gets the most bytes at the same time.</summary>
    public long PeakBytes { get; private set; }

    public int Returned { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        lock (gate)
        {
            Peak = Math.Max(Peak, ++outside);
            PeakBytes = Math.Max(PeakBytes, bytes += minimumLength);
        }

        return new byte[minimumLength];
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (gate)
        {
            outside--;
            bytes -= array.Length;
            Returned++;
        }
    }
}
