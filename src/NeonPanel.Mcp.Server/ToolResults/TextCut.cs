namespace NeonPanel.Mcp.Server.ToolResults;

/// <summary>Shortens texts in messages.</summary>
internal static class TextCut
{
    /// <summary>Returns at most <paramref name="length"/> characters of a text, and an ellipsis if the text is longer.
    /// A surrogate pair is never split.</summary>
    public static string First(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }
}
