namespace NeonPanel.Mcp.Server.Pages;

/// <summary>Where pages lead to.</summary>
/// <param name="TryIt">The path below which each tool can be tried by its name, or <see langword="null"/>: only the
/// sandbox has that.</param>
internal sealed record PageLinks(string? TryIt)
{
    private static readonly string[] Taken = ["reference", "changes", "tools"];

    /// <summary>The address of a tool's page. One that has the name of a page of ours stands one level
    /// deeper.</summary>
    public static string Of(string tool) =>
        Taken.Contains(tool, StringComparer.OrdinalIgnoreCase) ? "/docs/tools/" + tool : "/docs/" + tool;
}
