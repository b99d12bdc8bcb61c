using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>How far the reading of all pages came.</summary>
internal sealed class WalkReport
{
    private const int MaxNamed = 5;

    private readonly List<(int First, int Last, string Reason)> missing = [];

    /// <summary>Gets or sets the failure of the first page, or <see langword="null"/>.</summary>
    public ToolResult? Failure { get; set; }

    /// <summary>Gets or sets the status of the first page.</summary>
    public int Status { get; set; }

    /// <summary>Gets or sets the number of the first page: 1, or the one that the caller names.</summary>
    public int First { get; set; } = 1;

    /// <summary>Gets or sets how many pages were read.</summary>
    public int Pages { get; set; }

    /// <summary>Gets or sets how the list changed while it was read, as a sentence; <see langword="null"/> if it did
    /// not.</summary>
    public string? Changed { get; set; }

    /// <summary>Gets or sets which arguments the API seems to have ignored, as a sentence; <see langword="null"/> if
    /// there are none.</summary>
    public string? Ignored { get; set; }

    /// <summary>Gets or sets how the reading can be made complete, as a sentence.</summary>
    public string? NextStep { get; set; }

    /// <summary>Gets or sets the page from which another call can read the rest, or <see langword="null"/>.</summary>
    public int? Resume { get; set; }

    /// <summary>Gets whether rows are missing.</summary>
    public bool IsPartial => missing.Count > 0;

    /// <summary>Adds pages that were not read.</summary>
    /// <param name="last">The last of them, or <see langword="null"/> if that is not known.</param>
    public void Miss(int first, int? last, string reason)
    {
        if (missing is [.., var before] && before.Last == first - 1 && before.Reason == reason)
        {
            missing[^1] = before with { Last = last ?? int.MaxValue };
        }
        else if (last is null || last >= first)
        {
            missing.Add((first, last ?? int.MaxValue, reason));
        }
    }

    /// <summary>Names the missing pages: <c>page 3 (status 500), pages 120 to 167 (limit of 10000 rows)</c>.</summary>
    public string Missing() =>
        string.Join(", ", missing.Take(MaxNamed).Select(Named))
        + (missing.Count > MaxNamed ? $" and {missing.Count - MaxNamed} more" : "");

    private static string Named((int First, int Last, string Reason) part)
    {
        if (part.Last == part.First)
        {
            return $"page {part.First} ({part.Reason})";
        }

        return part.Last == int.MaxValue
            ? $"page {part.First} and all after it ({part.Reason})"
            : $"pages {part.First} to {part.Last} ({part.Reason})";
    }
}
