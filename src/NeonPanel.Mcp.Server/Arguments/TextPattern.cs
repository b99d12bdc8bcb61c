using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Matches the patterns of the specification. Nearly all run in linear time. Patterns with lookarounds or
/// backreferences are stopped after <see cref="PatternTime.Limit"/>.</summary>
internal static class TextPattern
{
    // Limited by the number of patterns in the catalog.
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    /// <param name="expression">The pattern in .NET's syntax.</param>
    /// <param name="text">The text. As in JSON Schema, the pattern may match anywhere in it.</param>
    /// <param name="time">The remaining time of the call.</param>
    /// <returns><see langword="null"/> if the time was not sufficient.</returns>
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
