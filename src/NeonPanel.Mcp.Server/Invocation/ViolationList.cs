using System.Globalization;
using System.Runtime.CompilerServices;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What is wrong with arguments, one sentence each: the first so many in words, the rest as a number, so that an answer
/// has a bounded size whatever was sent.</summary>
/// <param name="most">How many are told; 0 only asks whether there are any, and ends the walk at the first.</param>
internal sealed class ViolationList(int most = 20)
{
    private const int LongestSentence = 600;

    private readonly List<string> sentences = [];
    private int count;

    public ArgumentPath Path { get; } = new();

    public bool IsEmpty => count == 0;

    /// <summary>Gets whether nothing more needs to be found.</summary>
    public bool IsDone => most == 0 && count > 0;

    /// <summary>Gets or sets whether a pattern took too long: one such is enough for a call.</summary>
    public bool IsPatternSlow { get; set; }

    /// <param name="predicate">What follows the name of the argument; not worked out when it is not told.</param>
    public void Add([InterpolatedStringHandlerArgument("")] Predicate predicate)
    {
        if (count++ < most)
        {
            var sentence = (Path.IsRoot ? "The arguments " : $"Argument '{Path}' ") + predicate.Text;
            sentences.Add(sentence.Length > LongestSentence ? sentence[..LongestSentence] + "…" : sentence);
        }
    }

    public IReadOnlyList<string> ToSentences() => count <= most ? sentences
        : [.. sentences, string.Create(CultureInfo.InvariantCulture, $"… and {count - most:N0} more.")];

    /// <summary>A text whose values are asked for only when it will be told.</summary>
    [InterpolatedStringHandler]
    internal ref struct Predicate
    {
        private DefaultInterpolatedStringHandler text;

        public Predicate(int literalLength, int formattedCount, ViolationList list, out bool isTold)
        {
            isTold = list.sentences.Count < list.Most;
            text = isTold ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
        }

        public string Text => text.ToStringAndClear();

        public void AppendLiteral(string value) => text.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => text.AppendFormatted(value);
    }

    private int Most => most;
}
