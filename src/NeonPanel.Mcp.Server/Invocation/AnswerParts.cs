using System.Text.Json;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>The items of a list, or the members of an object, by their places in the text of an answer that is known to
/// be JSON. The end of a value is only searched for when it is asked for, so that a caller who walks through the value
/// itself, and then tells its end, reads the text once.</summary>
internal ref struct AnswerParts
{
    private const int Unknown = -1;

    private readonly ReadOnlySpan<byte> json;

    // Of the value, or of what stands before the first one. The end of the last value is that of the list or object
    // itself.
    private int start;
    private int end;

    /// <param name="json">The whole answer.</param>
    /// <param name="start">Where the list or object begins in it, with or without space before it.</param>
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

    /// <summary>Gets the member's name as it is written, with its quotes.</summary>
    public Place Name { get; private set; }

    /// <summary>Gets where the value begins.</summary>
    public readonly int Start => start;

    public Place Value
    {
        get
        {
            end = end == Unknown ? JsonText.EndOfValue(json, start) : end;
            return new(start, end);
        }
    }

    /// <summary>Gets where the list or object ends, once there is no further part.</summary>
    public readonly int End => end;

    /// <summary>Goes to the next part.</summary>
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
            // Behind the colon.
            next = JsonText.SkipSpace(json, JsonText.SkipSpace(json, Name.End) + 1);
        }

        start = next;
        end = Unknown;
        return true;
    }

    /// <summary>Tells where the value ends, which the caller has found out.</summary>
    public void Leave(int endOfValue) => end = endOfValue;

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
