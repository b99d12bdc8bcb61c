namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Describes the value of a claim for the operator: its kind, and at most 64 visible characters of it. The
/// value comes from whoever sent the token.</summary>
internal static class ClaimText
{
    private const int MaxLength = 64;

    /// <summary>Describes a claim that may have several values: <c>is absent</c>, <c>is the address
    /// 'https://…'</c>.</summary>
    public static string Of(IReadOnlyList<string> values) =>
        values.Count switch
        {
            0 => "is absent",
            1 => "is " + Of(values[0]),
            _ => $"lists {values.Count} values, the first {Of(values[0])}",
        };

    public static string Of(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "empty";
        }

        return $"{KindOf(value)} '{Visible(value)}'";
    }

    /// <summary>Cuts a text, and replaces characters that a log or a terminal may not show as they are.</summary>
    public static string Visible(string value)
    {
        var start = value.Length > MaxLength ? value[..MaxLength] : value;
        var text = string.Concat(start.Select(character => character is >= ' ' and <= '~' ? character : '?'));
        return value.Length > MaxLength ? text + "…" : text;
    }

    private static string KindOf(string value)
    {
        if (Guid.TryParse(value, out _))
        {
            return "the UUID";
        }

        return Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? "the address"
            : "the text";
    }
}
