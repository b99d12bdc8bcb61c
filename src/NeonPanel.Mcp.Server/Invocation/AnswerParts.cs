using System.Text.Json;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The items of a list, or the members of an object, by their places in the text of an answer that is known to be
/// JSON.</summary>
internal ref struct AnswerParts
{
    private readonly ReadOnlySpan<byte> json;
    private int next;

    /// <param name="json">The whole answer.</param>
    /// <param name="place">Where the list or object stands in it.</param>
    public AnswerParts(ReadOnlySpan<byte> json, Place place)
    {
        this.json = json;
        var start = JsonText.SkipSpace(json, place.Start);
        (IsObject, IsList) = (json[start] == '{', json[start] == '[');
        next = start + 1;
    }

    public bool IsObject { get; }

    public bool IsList { get; }

    /// <summary>Gets the member's name as it is written, with its quotes.</summary>
    public Place Name { get; private set; }

    public Place Value { get; private set; }

    public bool MoveNext()
    {
        if (!(IsObject || IsList))
        {
            return false;
        }

        next = JsonText.SkipSpace(json, next);
        if (json[next] is (byte)'}' or (byte)']')
        {
            return false;
        }

        if (json[next] == ',')
        {
            next = JsonText.SkipSpace(json, next + 1);
        }

        if (IsObject)
        {
            Name = new(next, JsonText.EndOfString(json, next));
            // Behind the colon.
            next = JsonText.SkipSpace(json, JsonText.SkipSpace(json, Name.End) + 1);
        }

        Value = new(next, JsonText.EndOfValue(json, next));
        next = Value.End;
        return true;
    }

    /// <summary>Whether the member has this name, however it is written.</summary>
    public readonly bool NameEquals(string name) => NameEquals(json, Name, name);

    /// <summary>Whether a name, with its quotes, is this one, however it is written.</summary>
    public static bool NameEquals(ReadOnlySpan<byte> json, Place written, string name)
    {
        var text = json[written.Start..written.End];
        // The reader compares no name that is half of a surrogate pair.
        if (LoneSurrogates.AreIn(text))
        {
            return false;
        }

        var reader = new Utf8JsonReader(text);
        return reader.Read() && reader.ValueTextEquals(name);
    }
}
