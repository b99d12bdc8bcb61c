namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>The line that fits measured points.</summary>
/// <param name="PerHour">Its slope.</param>
/// <param name="Error">The slope's standard error, as if the points were independent: they are not, so it is the least
/// it can be.</param>
internal readonly record struct Trend(double PerHour, double Error)
{
    /// <summary>Least squares.</summary>
    public static Trend Of(IReadOnlyList<(TimeSpan At, double Value)> points)
    {
        var (x, y) = (points.Average(point => point.At.TotalHours), points.Average(point => point.Value));
        var spread = points.Sum(point => Math.Pow(point.At.TotalHours - x, 2));
        var slope = points.Sum(point => (point.At.TotalHours - x) * (point.Value - y)) / spread;
        var rest = points.Sum(point => Math.Pow(point.Value - y - (slope * (point.At.TotalHours - x)), 2));
        return new(slope, Math.Sqrt(rest / Math.Max(1, points.Count - 2) / spread));
    }

    /// <summary>The least of each minute, which garbage that waits for its collection does not blur.</summary>
    public static IReadOnlyList<(TimeSpan At, double Value)> LeastOfMinutes(
        IEnumerable<(TimeSpan At, double Value)> points
    ) => [.. points.GroupBy(point => (int)point.At.TotalMinutes).Select(minute => minute.MinBy(point => point.Value))];

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PerHour:+0.00;-0.00} ± {Error:0.00}");
}
