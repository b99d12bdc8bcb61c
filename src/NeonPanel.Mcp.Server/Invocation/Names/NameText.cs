using System.Buffers;
using System.Text;

namespace NeonPanel.Mcp.Server.Invocation.Names;

/// <summary>Names as people write them.</summary>
internal static class NameText
{
    /// <summary>Most characters of a name.</summary>
    public const int Longest = 200;

    // What no path value may hold (rule D4): asking for such a name would only serve whoever tries paths.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\?#%");

    /// <summary>Tells why a text cannot be a name, or returns <see langword="null"/>.</summary>
    public static string? FaultOf(string text) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => "is empty",
        "." or ".." => "is a dot segment",
        _ when text.Length > Longest => $"has {text.Length} characters",
        _ when text.Any(char.IsControl) => "holds a control character",
        _ when text.AsSpan().IndexOfAny(Forbidden) is var at and >= 0 => $"holds '{text[at]}'",
        _ => null,
    };

    /// <summary>The same text for spellings that nobody tells apart: composed or not, one space or two.</summary>
    public static string Plain(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
