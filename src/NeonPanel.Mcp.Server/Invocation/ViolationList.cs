using System.Globalization;
using System.Runtime.CompilerServices;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The violations of a call's arguments. The first <paramref name="most"/> become sentences and the rest a
/// number, so that the answer has a bounded size.</summary>
/// <param name="most">The number of sentences; 0 only asks whether there is a violation, and ends the walk at the
/// first.</param>
/// <param name="patterns">The time for patterns that the call has left.</param>
internal sealed class ViolationList(int most = 20, PatternTime? patterns = null)
{
    /// <summary>The walk ends here, so that the work for wrong arguments does not grow with the number of wrong
    /// values.</summary>
    public const int MostCounted = 100;

    private const int LongestSentence = 600;

    private readonly List<string> sentences = [];
    private int count;

    public ArgumentPath Path { get; } = new();

    public PatternTime Patterns { get; } = patterns ?? new();

    public bool IsEmpty => count == 0;

    /// <summary>Gets whether the walk can end.</summary>
    public bool IsDone => count >= (most == 0 ? 1 : MostCounted);

    /// <param name="predicate">The text behind the name of the argument. Its values are only computed for a
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

    /// <summary>A text whose values are only computed for a sentence.</summary>
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
