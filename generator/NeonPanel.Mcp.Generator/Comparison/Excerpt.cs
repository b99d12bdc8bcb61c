namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Extracts the parts in which two long texts differ, with a little context.</summary>
internal static class Excerpt
{
    private const int Around = 30;
    private const int MaxLength = 240;

    public static (string Before, string After) Of(string before, string after)
    {
        if (before.Length <= MaxLength && after.Length <= MaxLength)
        {
            return (before, after);
        }

        var shorter = Math.Min(before.Length, after.Length);
        var head = 0;
        while (head < shorter && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < shorter - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        return (Part(before, head, tail), Part(after, head, tail));
    }

    private static string Part(string text, int head, int tail)
    {
        var (start, end) = (Math.Max(0, head - Around), Math.Min(text.Length, text.Length - tail + Around));
        var cut = end - start > MaxLength;
        var part = text[start..(cut ? start + MaxLength : end)];
        return (start > 0 ? "…" : "") + part + (cut || end < text.Length ? "…" : "");
    }
}
