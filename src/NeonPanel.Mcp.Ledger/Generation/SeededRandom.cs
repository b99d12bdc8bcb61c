namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Numbers that follow from a seed alone (SplitMix64), the same on every platform and version of
/// .NET.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A generator whose numbers depend on another seed and a name, not on what was drawn before.</summary>
    public static SeededRandom For(ulong seed, string name)
    {
        // FNV-1a.
        var hash = 14695981039346656037UL;
        foreach (var letter in name)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return new(seed ^ hash);
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Next(int least, int most) => least + (int)(NextBits() % (ulong)(most - least + 1));

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => Next(1, 100) <= percent;

    /// <summary>One of the values.</summary>
    public T Pick<T>(IReadOnlyList<T> values) => values[Next(0, values.Count - 1)];

    /// <summary>An amount of money between two amounts, to the cent.</summary>
    public decimal Amount(decimal least, decimal most) => Next((int)(least * 100), (int)(most * 100)) / 100m;

    /// <summary>One of the values, in proportion to their weights.</summary>
    public T Pick<T>(IReadOnlyList<T> values, Func<T, int> weight)
    {
        var at = Next(1, Math.Max(1, values.Sum(weight)));
        foreach (var value in values)
        {
            at -= weight(value);
            if (at <= 0)
            {
                return value;
            }
        }

        return values[^1];
    }

    /// <summary>A UUID of version 4.</summary>
    public Guid NextUuid()
    {
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, NextBits());
        BitConverter.TryWriteBytes(bytes.AsSpan(8), NextBits());
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes, bigEndian: true);
    }

    /// <summary>Letters and digits, as in an ASIN.</summary>
    public string Code(int length)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
        return string.Create(length, this, (span, random) =>
        {
            for (var at = 0; at < span.Length; at++)
            {
                span[at] = letters[random.Next(0, letters.Length - 1)];
            }
        });
    }

    private ulong NextBits()
    {
        var value = state += 0x9e3779b97f4a7c15UL;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
        return value ^ (value >> 31);
    }
}
