using System.Globalization;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Removes addresses, markup and credentials from the API's messages.</summary>
/// <param name="secrets">Credentials that were sent to the API, which may repeat them.</param>
internal sealed partial class PlainWords(IReadOnlyList<string> secrets)
{
    private const int MaxMessage = 500;

    /// <summary>Shortest credential to remove, in characters. A shorter one may equal an ordinary word.</summary>
    private const int LeastCredential = 6;

    public string Of(string message)
    {
        // The secrets first: a cut could leave the beginning of one, which is then not found.
        var text = message;
        foreach (var secret in secrets)
        {
            text = secret.Length >= LeastCredential ? text.Replace(secret, "", StringComparison.Ordinal) : text;
        }

        // The response may be huge, and the rest of it is not needed.
        text = TextCut.First(text, MaxMessage * 4);
        var words = Markup()
            .Replace(text, " ")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.Contains("://", StringComparison.Ordinal) && !Token().IsMatch(word))
            .Select(word => string.Concat(word.Where(IsVisible)));
        return TextCut.First(string.Join(' ', words), MaxMessage);
    }

    private static bool IsVisible(char character) =>
        !char.IsControl(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format;

    // Matches a tag, a comment or a declaration, but not the text between "a < 3" and "b > 4".
    [GeneratedRegex("<[/!?]?[A-Za-z-][^<>]*>")]
    private static partial Regex Markup();

    // A JSON Web Token begins with an encoded '{"'.
    [GeneratedRegex(@"eyJ[\w-]{8,}\.")]
    private static partial Regex Token();
}
