using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Tool name of an operation: a pure function of it, so that no other operation can change it (rule E5).</summary>
internal static class ToolNames
{
    /// <summary>Longest name that clients accept.</summary>
    public const int MaxLength = 64;

    /// <summary>Names a tool after its operation id, else after method and path.</summary>
    public static string Of(string method, string path, string? operationId)
    {
        var name = Legal(operationId ?? "");
        if (name.Length == 0)
        {
            name = Legal(method.ToLowerInvariant() + "_" + path);
        }

        return name.Length <= MaxLength ? name : Shortened(name);
    }

    private static string Legal(string text)
    {
        var name = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-')
            {
                name.Append(character);
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }

        return name.ToString().Trim('_');
    }

    // Whole words are kept from the front; the hash of the whole name keeps two long names apart.
    private static string Shortened(string name)
    {
        const int hashLength = 6;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..hashLength];
        var head = name[..(MaxLength - hashLength - 1)];
        var end = head.LastIndexOf('_');
        return (end > MaxLength / 2 ? head[..end] : head) + "_" + hash;
    }
}
