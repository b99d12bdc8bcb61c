using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The patterns of the specification. Nearly all run in linear time. Those that look around or back are
/// stopped after <see cref="PatternTime.Limit"/>.</summary>
internal static class TextPattern
{
    // As many as the catalog has.
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    /// <param name="expression">In .NET's syntax.</param>
    /// <param name="text">Must match somewhere, as in JSON Schema.</param>
    /// <param name="time">The time that the call has left.</param>
    /// <returns><see langword="null"/> when the time did not suffice.</returns>
    public static bool? IsMatch(string expression, string text, PatternTime time)
    {
        var pattern = Known.GetOrAdd(expression, Compile);
        if (pattern.MatchTimeout == Regex.InfiniteMatchTimeout)
        {
            return pattern.IsMatch(text);
        }

        if (time.IsUsedUp)
        {
            return null;
        }

        var start = Stopwatch.GetTimestamp();
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        finally
        {
            time.Spend(Stopwatch.GetElapsedTime(start));
        }
    }

    private static Regex Compile(string expression)
    {
        try
        {
            return new(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new(expression, RegexOptions.CultureInvariant, PatternTime.Limit);
        }
    }
}
