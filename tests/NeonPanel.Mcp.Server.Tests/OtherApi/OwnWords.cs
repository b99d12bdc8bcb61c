using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Tests.OtherApi;

/// <summary>Words of NeonPanel, which a server for another API has no reason to use.</summary>
internal static partial class OwnWords
{
    /// <summary>Finds them, each with the text around it.</summary>
    public static IEnumerable<string> In(string text) =>
        Words()
            .Matches(text)
            .Select(match => text[Math.Max(0, match.Index - 60)..Math.Min(text.Length, match.Index + 60)]);

    [GeneratedRegex(
        @"neonpanel|compan(y|ies)|per_page|warehouse|vendor|inventor(y|ies)|invoice|\bbills?\b|\bsku\b|\basin\b|\bcogs\b|landed cost|entry locked|purchase order",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Words();
}
