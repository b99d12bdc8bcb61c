using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>C# identifiers made of any text (rule E1: made, never copied): ASCII letters and digits, a letter first,
/// words in PascalCase.</summary>
internal static class Identifier
{
    /// <summary>Longest identifier; the compiler's own limit is 511.</summary>
    private const int MaxLength = 100;

    private const int HashLength = 6;

    /// <summary>Makes an identifier: <c>per_page</c> gives <c>PerPage</c>, <c>Größe</c> <c>Grosse</c>. A text without a
    /// single letter or digit of ASCII gives a hash of itself.</summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder();
        var atStart = true;
        // Compatibility decomposition takes the marks off letters; the one letter of many texts that it leaves is ß.
        foreach (var character in Decompose(text.Replace("ß", "ss", StringComparison.Ordinal)))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                name.Append(atStart ? char.ToUpperInvariant(character) : character);
                atStart = false;
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.NonSpacingMark)
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

    /// <summary>Six hexadecimal digits of SHA-256, upper case.</summary>
    public static string Hash(string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return text; // a lone surrogate or a non-character: dropped with all else that is no ASCII
        }
    }
}
