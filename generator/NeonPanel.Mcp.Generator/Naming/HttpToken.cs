namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Checks tokens of HTTP (RFC 9110 §5.6.2), such as names of headers and methods.</summary>
internal static class HttpToken
{
    public static bool IsCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);
}
