using System.Text.Json;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Answers;

/// <summary>Enumerates the items of a list, or the members of an object, as positions in JSON text that is known to be
/// valid. The end of a value is searched only on request. A caller that reads the value itself passes its end to
/// <see cref="Leave"/>, so that the text is read once.</summary>
internal ref struct AnswerParts
{
    private const int Unknown = -1;

    private readonly ReadOnlySpan<byte> json;

    // Start and end of the current value; before the first value, of the text before it. After the last value, the end
    // of the list or object.
    private int start;
    private int end;

    /// <param name="json">The whole answer.</param>
    /// <param name="start">Position of the list or object. Whitespace may precede it.</param>
    public AnswerParts(ReadOnlySpan<byte> json, int start)
    {
        this.json = json;
        start = JsonText.SkipSpace(json, start);
        IsObject = json[start] == '{';
        IsList = json[start] == '[';
        end = start + 1;
    }

    public bool IsObject { get; }

    public bool IsList { get; }

    /// <summary>Gets the member's name as written, with its quotation marks.</summary>
    public Place Name { get; private set; }

    /// <summary>Gets the position of the value.</summary>
    public readonly int Start => start;

    public Place Value
    {
        get
        {
            end = end == Unknown ? JsonText.EndOfValue(json, start) : end;
            return new(start, end);
        }
    }

    /// <summary>Gets the end of the list or object after the last part.</summary>
    public readonly int End => end;

    /// <summary>Moves to the next part.</summary>
    /// <returns>Whether there is a next part.</returns>
    public bool MoveNext()
    {
        if (!(IsObject || IsList))
        {
            return false;
        }

        var next = JsonText.SkipSpace(json, end == Unknown ? Value.End : end);
        if (json[next] is (byte)'}' or (byte)']')
        {
            end = next + 1;
            return false;
        }

        if (json[next] == ',')
        {
            next = JsonText.SkipSpace(json, next + 1);
        }

        if (IsObject)
        {
            Name = new(next, JsonText.EndOfString(json, next));
            // The position after the colon.
            next = JsonText.SkipSpace(json, JsonText.SkipSpace(json, Name.End) + 1);
        }

        start = next;
        end = Unknown;
        return true;
    }

    /// <summary>Sets the end of the current value, if the caller has already found it.</summary>
    public void Leave(int endOfValue) => end = endOfValue;

    /// <summary>Returns whether the member has this name, with or without escapes.</summary>
    public readonly bool NameEquals(string name) => NameEquals(json, Name, name);

    /// <summary>Returns whether a name, including its quotation marks, equals another, with or without
    /// escapes.</summary>
    public static bool NameEquals(ReadOnlySpan<byte> json, Place written, string name)
    {
        var text = json[written.Start..written.End];
        // The library's reader cannot compare names with a lone surrogate.
        if (LoneSurrogates.AreIn(text))
        {
            return false;
        }

        var reader = new Utf8JsonReader(text);
        return reader.Read() && reader.ValueTextEquals(name);
    }
}
