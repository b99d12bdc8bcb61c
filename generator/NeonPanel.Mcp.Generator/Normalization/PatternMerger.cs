namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Merges two patterns that one text must match (<c>allOf</c>).</summary>
internal static class PatternMerger
{
    /// <summary>Combines both patterns into one. The first becomes a lookahead.</summary>
    /// <returns>The pattern, or <see langword="null"/> if one of the two may match anywhere in the text: a lookahead
    /// would have to search for it.</returns>
    public static string? Both(string first, string second) =>
        IsAnchored(first) && IsAnchored(second) && !HasBackReference(second) ? $"^(?={first[1..]}){second[1..]}" : null;

    private static bool HasBackReference(string pattern)
    {
        for (var at = 0; at + 1 < pattern.Length; at++)
        {
            if (pattern[at] == '\\')
            {
                at++;
                if (char.IsAsciiDigit(pattern[at]) && pattern[at] != '0')
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A pattern with a top-level alternative is not anchored, because '^' applies to one alternative only.
    private static bool IsAnchored(string pattern)
    {
        if (!pattern.StartsWith('^'))
        {
            return false;
        }

        var groups = 0;
        var isInClass = false;
        for (var at = 1; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
                case '(' when !isInClass:
                    groups++;
                    break;
                case ')' when !isInClass:
                    groups--;
                    break;
                case '|' when !isInClass && groups == 0:
                    return false;
            }
        }

        return groups == 0 && !isInClass;
    }
}
