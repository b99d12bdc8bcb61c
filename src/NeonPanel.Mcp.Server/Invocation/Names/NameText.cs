using System.Text;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>Checks and normalizes names that people write.</summary>
internal static class NameText
{
    /// <summary>Most characters of a name.</summary>
    public const int Longest = 200;

    /// <summary>Returns the reason why a text cannot be a name, or <see langword="null"/>.</summary>
    public static string? FaultOf(string text) =>
        text switch
        {
            _ when string.IsNullOrWhiteSpace(text) => "is empty",
            _ when text.Length > Longest => $"has {text.Length} characters",
            // A text that is not allowed in a path (rule D4). Looking it up would only help a caller who probes paths.
            _ => PathSegment.FaultOf(text),
        };

    /// <summary>Returns the same text for spellings that look equal: composed or decomposed characters, one or two
    /// spaces.</summary>
    public static string Plain(string name) =>
        string.Join(
            ' ',
            name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
