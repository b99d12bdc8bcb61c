using System.Text.Json;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>The kind and selected members of an answer's JSON root. They are found in the same pass that validates the
/// JSON, because a document tree may take ten times the size of the answer.</summary>
internal sealed class AnswerOutline
{
    // Members of the root that this server reads, or adds if they are missing.
    private static readonly string[] Names =
    [
        Paging.CurrentPage,
        Paging.LastPage,
        Paging.PerPage,
        AnswerReader.Status,
        AnswerReader.RequestId,
        AnswerReader.RetryAfterSeconds,
        Notice.Name,
    ];

    private readonly bool[] present = new bool[Names.Length];
    private readonly int?[] numbers = new int?[Names.Length];

    /// <summary>Gets whether the root is an object.</summary>
    public bool IsObject { get; private init; }

    /// <summary>Gets whether the root is a list.</summary>
    public bool IsList { get; private init; }

    /// <summary>Gets what the strings of the text may contain.</summary>
    public TextTraits Traits { get; private init; }

    /// <param name="json">One JSON value.</param>
    /// <exception cref="NestingException">The value is nested deeper than 64 levels.</exception>
    /// <exception cref="JsonException">The text is not a JSON value.</exception>
    public static AnswerOutline Read(ReadOnlyMemory<byte> json)
    {
        var members = new List<(int Member, int Value)>();
        var traits = JsonText.Check(json.Span, (name, value) =>
        {
            if (Find(json.Span, name) is >= 0 and var member)
            {
                members.Add((member, value));
            }
        });
        var root = new AnswerParts(json.Span, 0);
        var outline = new AnswerOutline
        {
            IsObject = root.IsObject,
            IsList = root.IsList,
            Traits = traits,
        };
        foreach (var (member, value) in members)
        {
            // If a name occurs twice, the last occurrence counts.
            outline.present[member] = true;
            outline.numbers[member] = WholeNumber(json.Span[value..JsonText.EndOfValue(json.Span, value)]);
        }

        return outline;
    }

    /// <summary>Returns whether the root has a member. Only for the members that this server reads or adds.</summary>
    public bool Has(string name) => present[Array.IndexOf(Names, name)];

    /// <summary>Returns an integer member of the root, or <see langword="null"/>.</summary>
    public int? Number(string name) => numbers[Array.IndexOf(Names, name)];

    private static int Find(ReadOnlySpan<byte> json, Place written)
    {
        for (var member = 0; member < Names.Length; member++)
        {
            // A written name has at least as many bytes as its letters and quotation marks.
            if (written.Length >= Names[member].Length + 2 && AnswerParts.NameEquals(json, written, Names[member]))
            {
                return member;
            }
        }

        return -1;
    }

    private static int? WholeNumber(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)
            ? number
            : null;
    }
}
