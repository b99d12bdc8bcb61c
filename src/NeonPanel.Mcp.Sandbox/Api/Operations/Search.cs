namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>The filter <c>search</c>: a part of one of some texts, capital letters or small.</summary>
internal static class Search
{
    public static bool Matches(string? search, params IEnumerable<string?> texts) =>
        search is null || texts.Any(text => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>An exact filter, capital letters or small.</summary>
    public static bool Is(string? wanted, string? text) =>
        wanted is null || string.Equals(wanted, text, StringComparison.OrdinalIgnoreCase);
}
