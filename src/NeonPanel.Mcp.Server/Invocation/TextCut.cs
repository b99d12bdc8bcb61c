namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Shortens a text that stands in a sentence.</summary>
internal static class TextCut
{
    /// <summary>Gets at most so many characters of a text, and an ellipsis where some are missing. A surrogate pair
    /// stays whole.</summary>
    public static string First(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }
}
