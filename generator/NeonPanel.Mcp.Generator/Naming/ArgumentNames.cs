using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Names of arguments: the API's names, made legal (rule C2) and distinguished by location.</summary>
internal static class ArgumentNames
{
    private const int MaxLength = 64;

    /// <summary>Returns a name that is not yet in use, and marks it as used.</summary>
    public static string Take(HashSet<string> taken, string name, string location)
    {
        var legal = Legal(name);
        if (taken.Add(legal))
        {
            return legal;
        }

        legal = Legal(location.ToLowerInvariant() + "_" + name);
        if (taken.Add(legal))
        {
            return legal;
        }

        // Two names may differ only in illegal characters, such as 'a[b]' and 'a.[b'.
        legal = Legal(legal[..Math.Min(legal.Length, MaxLength - 7)] + "_" + Hash(name));
        taken.Add(legal);
        return legal;
    }

    private static string Legal(string name)
    {
        var legal = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-')
            {
                legal.Append(character);
            }
            else if (legal.Length > 0 && legal[^1] != '_')
            {
                legal.Append('_');
            }
        }

        var text = name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-')
            ? name
            : legal.ToString().TrimEnd('_');
        return text.Length switch
        {
            0 => "value_" + Hash(name),
            > MaxLength => text[..(MaxLength - 7)] + "_" + Hash(name),
            _ => text,
        };
    }

    private static string Hash(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..6];
}
