using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What a JSON answer is at its root, found in the one pass that checks that it is JSON at all. A document
/// tree of an answer may take ten times its size.</summary>
internal sealed class AnswerOutline
{
    // The members that this server reads, or adds where they are not there.
    private static readonly string[] Names =
    [
        Paging.CurrentPage,
        Paging.LastPage,
        Paging.PerPage,
        AnswerReader.Status,
        AnswerReader.RequestId,
        AnswerReader.RetryAfterSeconds,
        AnswerShortener.Notice,
    ];

    private readonly bool[] present = new bool[Names.Length];
    private readonly int?[] numbers = new int?[Names.Length];

    /// <summary>Gets whether the root is an object.</summary>
    public bool IsObject { get; private init; }

    /// <summary>Gets whether the root is a list.</summary>
    public bool IsList { get; private init; }

    /// <summary>Gets whether the text holds an escape of a surrogate, which may be without its other half.</summary>
    public bool HoldsSurrogates { get; private init; }

    /// <param name="json">One JSON value.</param>
    /// <exception cref="NestingException">It is nested deeper than 64 levels.</exception>
    /// <exception cref="JsonException">It is no JSON value.</exception>
    public static AnswerOutline Read(ReadOnlyMemory<byte> json)
    {
        var members = new List<(int Member, int Value)>();
        var holdsSurrogates = JsonText.Check(json.Span, (name, value) =>
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
            HoldsSurrogates = holdsSurrogates,
        };
        foreach (var (member, value) in members)
        {
            // Of a name that comes twice, the last counts.
            outline.present[member] = true;
            outline.numbers[member] = WholeNumber(json.Span[value..JsonText.EndOfValue(json.Span, value)]);
        }

        return outline;
    }

    /// <summary>Whether the root has a member; only for those that this server reads or adds.</summary>
    public bool Has(string name) => present[Array.IndexOf(Names, name)];

    /// <summary>Gets a whole number of the root, or <see langword="null"/>.</summary>
    public int? Number(string name) => numbers[Array.IndexOf(Names, name)];

    private static int Find(ReadOnlySpan<byte> json, Place written)
    {
        for (var member = 0; member < Names.Length; member++)
        {
            // None is written in fewer bytes than its letters and the quotes.
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
