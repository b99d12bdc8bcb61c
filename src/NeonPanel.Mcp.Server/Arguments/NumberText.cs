namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Recognizes numbers in text without parsing them, because a parser throws an exception for other
/// texts.</summary>
internal static class NumberText
{
    /// <summary>Returns whether a text is a JSON number (RFC 8259 §6).</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        text = text is ['-', ..] ? text[1..] : text;
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        return IsFraction(text[whole..]);
    }

    private static bool IsFraction(ReadOnlySpan<char> text)
    {
        if (text is ['.', ..])
        {
            var digits = Digits(text[1..]);
            return digits > 0 && IsExponent(text[(1 + digits)..]);
        }

        return IsExponent(text);
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text is not ['e' or 'E', ..])
        {
            return text.IsEmpty;
        }

        text = text is [_, '+' or '-', ..] ? text[2..] : text[1..];
        return !text.IsEmpty && Digits(text) == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
