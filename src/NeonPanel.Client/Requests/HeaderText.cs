namespace NeonPanel.Client.Requests;

using System.Linq;

/// <summary>The characters that a header value may contain.</summary>
internal static class HeaderText
{
    public const string Expected = "printable ASCII text, as a header needs it";

    public static bool IsWritable(string text) => text.All(c => c is >= ' ' and <= '~');
}
