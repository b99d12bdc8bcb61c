namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Reads the header <c>Link</c> (RFC 8288 §3): <c>&lt;/items?cursor=b&gt;; rel="next"</c>.</summary>
internal static class LinkHeader
{
    /// <summary>Returns the target of the first link with a relation, or <see langword="null"/>.</summary>
    /// <param name="header">The values of all <c>Link</c> headers, joined by commas.</param>
    public static string? Target(string header, string relation)
    {
        for (var start = header.IndexOf('<', StringComparison.Ordinal); start >= 0; )
        {
            var end = header.IndexOf('>', start);
            if (end < 0)
            {
                return null;
            }

            var next = EndOfParameters(header, end + 1);
            if (HasRelation(header[(end + 1)..next], relation))
            {
                return header[(start + 1)..end];
            }

            start = header.IndexOf('<', next);
        }

        return null;
    }

    // Finds the next comma outside quotation marks.
    private static int EndOfParameters(string header, int at)
    {
        var isQuoted = false;
        for (; at < header.Length; at++)
        {
            if (header[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (header[at] == ',' && !isQuoted)
            {
                return at;
            }
        }

        return header.Length;
    }

    // Relation types are case-insensitive, and one link may have several (§3.3).
    private static bool HasRelation(string parameters, string relation)
    {
        foreach (var parameter in parameters.Split(';'))
        {
            if (
                parameter.Split('=', 2) is [var name, var value]
                && name.Trim().Equals("rel", StringComparison.OrdinalIgnoreCase)
            )
            {
                return value.Trim(' ', '"').Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase);
            }
        }

        return false;
    }
}
