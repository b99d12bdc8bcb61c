using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What a JSON answer is at its root, found in the one pass that checks that it is JSON at all. A document tree of an
/// answer may take ten times its size.</summary>
internal sealed class AnswerOutline
{
    // The members that this server reads, or adds where they are not there.
    private static readonly string[] Names =
    [
        Paging.CurrentPage, Paging.LastPage, Paging.PerPage,
        AnswerReader.Status, AnswerReader.RequestId, AnswerReader.RetryAfterSeconds,
        AnswerShortener.Notice,
    ];

    private readonly bool[] present = new bool[Names.Length];
    private readonly int?[] numbers = new int?[Names.Length];

    private AnswerOutline(JsonTokenType kind) => Kind = kind;

    /// <summary>Gets the first token: that of an object, of a list, or of a single value.</summary>
    public JsonTokenType Kind { get; }

    /// <param name="json">One JSON value.</param>
    /// <exception cref="JsonException">It is none, or is nested deeper than 64 levels.</exception>
    public static AnswerOutline Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var outline = new AnswerOutline(reader.TokenType);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && Find(reader) is >= 0 and var member)
            {
                reader.Read();
                // Of a name that comes twice, the last counts.
                outline.present[member] = true;
                outline.numbers[member] = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
            }
        }

        return outline;
    }

    /// <summary>Whether the root has a member; only for those that this server reads or adds.</summary>
    public bool Has(string name) => present[Array.IndexOf(Names, name)];

    /// <summary>Gets a whole number of the root, or <see langword="null"/>.</summary>
    public int? Number(string name) => numbers[Array.IndexOf(Names, name)];

    private static int Find(in Utf8JsonReader reader)
    {
        for (var member = 0; member < Names.Length; member++)
        {
            if (reader.ValueTextEquals(Names[member]))
            {
                return member;
            }
        }

        return -1;
    }
}
