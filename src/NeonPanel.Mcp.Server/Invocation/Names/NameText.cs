using System.Text;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>Names as people write them.</summary>
internal static class NameText
{
    /// <summary>Most characters of a name.</summary>
    public const int Longest = 200;

    /// <summary>Tells why a text cannot be a name, or returns <see langword="null"/>.</summary>
    public static string? FaultOf(string text) =>
        text switch
        {
            _ when string.IsNullOrWhiteSpace(text) => "is empty",
            _ when text.Length > Longest => $"has {text.Length} characters",
            // What no path value may be (rule D4): looking for such a name would only serve a caller who probes paths.
            _ => PathSegment.FaultOf(text),
        };

    /// <summary>The same text for spellings that nobody tells apart: composed or not, one space or two.</summary>
    public static string Plain(string name) =>
        string.Join(
            ' ',
            name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
