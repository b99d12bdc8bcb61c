using System.Globalization;
using System.Runtime.CompilerServices;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Collects the violations of a call's arguments. The first <paramref name="most"/> become sentences, the
/// others only a number, so that the message has a limited size.</summary>
/// <param name="most">Most sentences. With 0, the walk ends at the first violation, because only its existence
/// matters.</param>
/// <param name="patterns">The remaining time for patterns of the call.</param>
internal sealed class ViolationList(int most = 20, PatternTime? patterns = null)
{
    /// <summary>Number of violations after which the walk ends, so that the work does not grow with the number of wrong
    /// values.</summary>
    public const int MostCounted = 100;

    private const int LongestSentence = 600;

    private readonly List<string> sentences = [];
    private int count;

    public ArgumentPath Path { get; } = new();

    public PatternTime Patterns { get; } = patterns ?? new();

    public bool IsEmpty => count == 0;

    public int Count => count;

    /// <summary>Gets whether the walk may end.</summary>
    public bool IsDone => count >= (most == 0 ? 1 : MostCounted);

    /// <param name="predicate">The text after the name of the argument. Its values are computed only if it becomes a
    /// sentence.</param>
    public void Add([InterpolatedStringHandlerArgument("")] Predicate predicate)
    {
        if (count++ < most)
        {
            var sentence = (Path.IsRoot ? "The arguments " : $"Argument '{Path}' ") + predicate.Text;
            sentences.Add(sentence.Length > LongestSentence ? sentence[..LongestSentence] + "…" : sentence);
        }
    }

    public IReadOnlyList<string> ToSentences() =>
        count <= most
            ? sentences
            :
            [
                .. sentences,
                string.Create(CultureInfo.InvariantCulture, $"… and {(IsDone ? "at least " : "")}{count - most} more."),
            ];

    /// <summary>A text whose values are computed only if it becomes a sentence.</summary>
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
