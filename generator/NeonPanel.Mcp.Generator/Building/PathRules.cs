namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Checks path templates (rule E1): a path must never change the origin.</summary>
internal static class PathRules
{
    /// <summary>Returns the reason why a path cannot become a tool, or <see langword="null"/>.</summary>
    public static string? ReasonAgainst(string path)
    {
        var plain = path.Split('#')[0].Split('?')[0];
        return plain switch
        {
            _ when !plain.StartsWith('/') => "The path does not begin with '/'.",
            _ when plain.StartsWith("//", StringComparison.Ordinal) =>
                "The path begins with '//', which names another host.",
            _ when path.Any(character =>
                    character is '\\' || char.IsControl(character) || char.IsSurrogate(character)
                ) => "The path holds a backslash, a control character or a lone surrogate.",
            _ when plain.StartsWith("/@", StringComparison.Ordinal) =>
                "The path begins with '@', where user information could form.",
            _ when plain.Split('/').Any(IsDotSegment) => "The path holds a dot segment.",
            _ => null,
        };
    }

    private static bool IsDotSegment(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..";
}
