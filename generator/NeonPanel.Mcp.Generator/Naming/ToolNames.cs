using System.Text;

namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Chooses the tool names of operations (rule E5). A name depends only on its operation, except when two
/// operations want the same name. Names in the lock never change.</summary>
internal static class ToolNames
{
    /// <summary>Longest name that clients accept.</summary>
    public const int MaxLength = 64;

    private const int HashLength = 6;

    /// <summary>Returns the possible names of an operation, best first: its operation id, method and path, and the same
    /// with a hash.</summary>
    public static IReadOnlyList<string> Candidates(string method, string path, string? operationId)
    {
        var byPath = Legal(method.ToLowerInvariant() + "_" + path);
        var hashed = Shortened(byPath, method + " " + path);
        // A path without letters and digits yields no name.
        byPath = byPath.Contains('_', StringComparison.Ordinal) ? Fit(byPath) : hashed;
        var plain = Legal(operationId ?? "");
        return plain.Length == 0 ? [byPath, hashed] : [Fit(plain), byPath, hashed];
    }

    /// <summary>Returns whether clients accept the name.</summary>
    public static bool IsLegal(string name) =>
        name.Length is > 0 and <= MaxLength
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

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

    private static string Fit(string name) => name.Length <= MaxLength ? name : Shortened(name, name);

    // Keeps whole words from the beginning. The hash of the whole name distinguishes long names.
    private static string Shortened(string name, string whole)
    {
        var hash = Identifier.Hash(whole).ToLowerInvariant();
        var longest = MaxLength - HashLength - 1;
        if (name.Length <= longest)
        {
            return name + "_" + hash;
        }

        var end = longest;
        while (end > MaxLength / 2 && !IsWordEnd(name, end))
        {
            end--;
        }

        return (end > MaxLength / 2 ? name[..end] : name[..longest]).TrimEnd('_', '-') + "_" + hash;
    }

    private static bool IsWordEnd(string name, int end) =>
        name[end] is '_' or '-' || (char.IsAsciiLetterUpper(name[end]) && !char.IsAsciiLetterUpper(name[end - 1]));
}
