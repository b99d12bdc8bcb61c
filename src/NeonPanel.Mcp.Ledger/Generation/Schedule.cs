namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Spreads a number of documents over the days. What could not be done on its day stays due.</summary>
internal sealed class Schedule
{
    private readonly Dictionary<DateOnly, int> planned = [];
    private int due;

    public Schedule(SeededRandom random, int count, DateOnly first, DateOnly last)
    {
        var days = last.DayNumber - first.DayNumber + 1;
        for (var at = 0; at < count; at++)
        {
            var day = first.AddDays((int)((((long)at * 1000) + random.Next(0, 999)) * days / (count * 1000L)));
            planned[day] = planned.GetValueOrDefault(day) + 1;
        }
    }

    /// <summary>Does what is due.</summary>
    /// <param name="attempt">Does one; returns whether it could.</param>
    public void Run(DateOnly day, Func<bool> attempt)
    {
        due += planned.GetValueOrDefault(day);
        while (due > 0 && attempt())
        {
            due--;
        }
    }
}
