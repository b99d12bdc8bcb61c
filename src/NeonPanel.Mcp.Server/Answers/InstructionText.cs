using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Finds text that addresses a model as an instruction. The list of patterns is short on purpose: an ordinary
/// memo must not get a note, and no list finds every attack.</summary>
internal static partial class InstructionText
{
    /// <summary>Shortest text that is examined, in bytes. A shorter one has no room for what a model is to
    /// do.</summary>
    public const int Shortest = 28;

    private const int Chunk = 1024;

    [ThreadStatic]
    private static char[]? buffer;

    // Every pattern below contains one of these.
    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "instruction",
            "prompt",
            "guideline",
            "you are now",
            "the user",
            "the human",
            "[inst",
            "<|",
            "<<sys",
            "system>",
            "system-rem",
            "_result",
            "ai assistant",
            "ai agent",
            "language model",
            " llm",
            "llm:",
            "ai model",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>Returns whether a string of JSON text may match a pattern. A short string and one without spaces, which
    /// is most of them, costs some nanoseconds.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        if (text.Length < Shortest || text.IndexOfAny((byte)' ', (byte)'|', (byte)'<') < 0)
        {
            return false;
        }

        // Not on the stack, where each call would clear it.
        var chars = buffer ??= new char[Chunk];
        // Chunks overlap, so that no word is cut in two.
        for (var start = 0; start < text.Length; start += Chunk - 32)
        {
            var part = text[start..Math.Min(start + Chunk, text.Length)];
            var length = Encoding.Latin1.GetChars(part, chars);
            if (chars.AsSpan(0, length).ContainsAny(Words))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsIn(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(
        @"\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|the|of|my|your|these|those)\s+){0,3}(?:previous|prior|above|earlier|preceding|system|existing)\s+(?:\w+\s+){0,2}(?:instruction|prompt|guideline)s?\b"
            + @"|\b(?:ignore|disregard|forget)\s+(?:all|any)\s+(?:(?:of|the|your|other)\s+){0,3}(?:instruction|prompt|guideline)s?\b"
            + @"|\byou\s+are\s+now\s+(?:an?|in|the)\s+(?:\w+\s+){0,3}(?:assistant|ai|agent|chatbot|mode|model)\b"
            + @"|\b(?:do\s+not|don.t|never|without)\s+(?:tell|inform|notify|alert|mention|warn)(?:ing)?\s+(?:\w+\s+){0,3}(?:the\s+)(?:user|human)\b"
            + @"|<\|(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|eot_id)\|>|\[/?INST\]|<</?SYS>>"
            + @"|</?(?:system|system-reminder|tool_result|function_result)s?>"
            + @"|\bsystem\s+prompt\s*:|\b(?:reveal|print|output|repeat|show)\s+(?:\w+\s+){0,3}system\s+prompt\b"
            + @"|\b(?:ai\s+(?:assistant|agent|model)s?|language\s+models?|llms?)\b[^.!?\n]{0,30}?[:,]\s*(?:please\s+)?(?:you\s+must|call|use|run|execute|send|transfer|delete|approve|pay|ignore)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Pattern();
}
