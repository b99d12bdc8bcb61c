namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>The names of members that clients accept (rule C2).</summary>
internal static class PropertyName
{
    /// <summary>Largest length, in characters.</summary>
    public const int MaxLength = 64;

    public static bool IsAccepted(string name) =>
        name.Length is > 0 and <= MaxLength
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-');
}
