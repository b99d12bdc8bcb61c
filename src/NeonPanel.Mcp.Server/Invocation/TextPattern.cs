using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The patterns of the specification. No text makes one run long: nearly all run in linear time, and the rest, which
/// look around or back, until a limit.</summary>
internal static class TextPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    // As many as the catalog has.
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    /// <param name="expression">In .NET's syntax.</param>
    /// <param name="text">What must match somewhere, as in JSON Schema.</param>
    /// <returns><see langword="null"/> when no answer was found within the limit.</returns>
    public static bool? IsMatch(string expression, string text)
    {
        try
        {
            return Known.GetOrAdd(expression, Compile).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
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
            return new(expression, RegexOptions.CultureInvariant, Limit);
        }
    }
}
