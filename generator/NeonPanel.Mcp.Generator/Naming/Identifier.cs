using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>Makes C# identifiers from untrusted text (rule E1: made, never copied): ASCII letters and digits in
/// PascalCase, starting with a letter.</summary>
internal static class Identifier
{
    /// <summary>Longest identifier; the compiler's own limit is 511.</summary>
    private const int MaxLength = 100;

    private const int HashLength = 6;

    /// <summary>Makes an identifier: <c>per_page</c> becomes <c>PerPage</c>, <c>Größe</c> becomes <c>Grosse</c>. A text
    /// without ASCII letters and digits becomes a hash of itself.</summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder();
        var atStart = true;
        foreach (var character in LatinLetters.ToAscii(text))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                name.Append(atStart ? char.ToUpperInvariant(character) : character);
                atStart = false;
            }
            else
            {
                atStart = true;
            }
        }

        var pascal = name.Length == 0 ? Hash(text) : name.ToString();
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
        {
            pascal = "N" + pascal;
        }

        return pascal.Length <= MaxLength ? pascal : pascal[..(MaxLength - HashLength)] + Hash(text);
    }

    /// <summary>Returns the first six hexadecimal digits of the SHA-256 hash, in upper case.</summary>
    public static string Hash(string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
