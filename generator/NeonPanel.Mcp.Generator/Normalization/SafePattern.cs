using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Runs a pattern of the specification, which may be hostile (rule E1): in linear time, and only a small
/// one.</summary>
internal static class SafePattern
{
    private const int MaxLength = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <returns><see langword="false"/> only when the text surely does not match.</returns>
    public static bool MayMatch(string? pattern, string text)
    {
        // The size of the automaton grows with each counted repetition, such as {1,1000}.
        if (
            pattern is null
            || pattern.Length > MaxLength
            || text.Length > MaxLength
            || pattern.Count(c => c == '{') > 2
        )
        {
            return true;
        }

        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return Regex.IsMatch(text, pattern, options, Patience);
        }
        catch (Exception exception)
            when (exception is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }
}
