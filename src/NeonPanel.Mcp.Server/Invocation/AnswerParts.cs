using System.Text.Json;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The items of a list, or the members of an object, by their places in the text of an answer that is known to be
/// JSON.</summary>
internal ref struct AnswerParts
{
    private readonly int offset;
    private Utf8JsonReader reader;

    /// <param name="json">The whole answer.</param>
    /// <param name="place">Where the list or object stands in it.</param>
    public AnswerParts(ReadOnlySpan<byte> json, Place place)
    {
        offset = place.Start;
        reader = new(json[place.Start..place.End]);
        reader.Read();
        IsObject = reader.TokenType == JsonTokenType.StartObject;
        IsList = reader.TokenType == JsonTokenType.StartArray;
    }

    public bool IsObject { get; }

    public bool IsList { get; }

    /// <summary>Gets the member's name as it is written, with its quotes.</summary>
    public Place Name { get; private set; }

    public Place Value { get; private set; }

    public bool MoveNext()
    {
        if (!(IsObject || IsList) || !reader.Read() || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return false;
        }

        if (IsObject)
        {
            var name = offset + (int)reader.TokenStartIndex;
            Name = new(name, name + reader.ValueSpan.Length + 2);
            reader.Read();
        }

        var start = offset + (int)reader.TokenStartIndex;
        reader.Skip();
        Value = new(start, offset + (int)reader.BytesConsumed);
        return true;
    }

    /// <summary>Whether the member has this name, however it is written.</summary>
    public readonly bool NameEquals(ReadOnlySpan<byte> json, string name)
    {
        var text = new Utf8JsonReader(json[Name.Start..Name.End]);
        return text.Read() && text.ValueTextEquals(name);
    }
}

/// <summary>A part of an answer's text: bytes from <paramref name="Start"/> to before <paramref name="End"/>.</summary>
internal readonly record struct Place(int Start, int End)
{
    public int Length => End - Start;
}
