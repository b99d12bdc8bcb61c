namespace NeonPanel.Mcp.Server.Pages;

/// <summary>Link targets of the pages.</summary>
/// <param name="TryIt">The path below which each tool has a page to try it, or <see langword="null"/>. Only the sandbox
/// has such pages.</param>
internal sealed record PageLinks(string? TryIt)
{
    private static readonly string[] Taken = ["reference", "changes", "tools"];

    /// <summary>Returns the address of a tool's page. If the tool's name is also the name of another page, its page is
    /// one level deeper.</summary>
    public static string Of(string tool) =>
        Taken.Contains(tool, StringComparer.OrdinalIgnoreCase) ? "/docs/tools/" + tool : "/docs/" + tool;
}
