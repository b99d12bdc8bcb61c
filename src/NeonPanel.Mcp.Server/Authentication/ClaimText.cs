namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Describes a claim's value for the operator: its kind, and at most 64 visible characters of it. The value is
/// untrusted, because it comes from the sender of the token.</summary>
internal static class ClaimText
{
    private const int MaxLength = 64;

    /// <summary>Describes a claim that may have several values.</summary>
    /// <returns>The end of a sentence, such as <c>is absent</c> or <c>is the address 'https://…'</c>.</returns>
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

    /// <summary>Shortens a text, and replaces characters that are not safe in a log or a terminal.</summary>
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
