using System.Buffers;
using System.Collections.Concurrent;
using System.Numerics;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Spoils every array that it is given back, so that whoever still reads one tells nonsense instead of what
/// may be right by luck; never gives one out twice, and takes none twice.</summary>
internal sealed class SpoilingPool : ArrayPool<byte>
{
    private readonly ConcurrentDictionary<byte[], bool> outside = [];
    private int returned;

    /// <summary>Gets how many arrays were not given back.</summary>
    public int Outside => outside.Count;

    public int Returned => returned;

    // As long as the shared pool's: longer than what was asked for.
    public override byte[] Rent(int minimumLength)
    {
        var array = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(minimumLength, 16))];
        outside[array] = true;
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        if (!outside.TryRemove(array, out _))
        {
            throw new InvalidOperationException("The array is not out of this pool, or was given back before.");
        }

        array.AsSpan().Fill((byte)'~');
        Interlocked.Increment(ref returned);
    }
}
