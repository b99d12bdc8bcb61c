using System.Text;

namespace NeonPanel.Mcp.Server.Invocation.Failures;

/// <summary>What the API itself says of a failure: messages, some of them about a field.</summary>
internal sealed class ApiWords
{
    private const int MaxWords = 31;

    /// <summary>A field's name and message.</summary>
    private const int MaxLine = 1000;

    private readonly List<(string? Field, string Text)> words = [];

    /// <summary>Gets whether there is nothing yet.</summary>
    public bool IsEmpty => words.Count == 0;

    /// <summary>Gets how many there are.</summary>
    public int Count => words.Count;

    /// <summary>Gets whether more is not taken.</summary>
    public bool IsFull => words.Count >= MaxWords;

    /// <summary>Gets whether a field is named.</summary>
    public bool HasFields => words.Exists(word => word.Field is not null);

    /// <param name="field">What the message is about, or <see langword="null"/>.</param>
    /// <param name="text">Plain text. An empty one is not added, nor one that is there already.</param>
    public void Add(string? field, string text)
    {
        var word = (field is { Length: > 0 } ? field : null, text);
        if (text.Length > 0 && !IsFull && !words.Contains(word))
        {
            words.Add(word);
        }
    }

    /// <summary>Appends a message about the whole as a sentence, and each of the others as a line of its own.</summary>
    public void AppendTo(StringBuilder text)
    {
        var lines = words
            .Select(word => TextCut.First(word.Field is null ? word.Text : $"{word.Field}: {word.Text}", MaxLine))
            .ToList();
        if (words is [{ Field: null }, ..])
        {
            text.Append("It says: ").Append(lines[0]).Append(' ');
            lines.RemoveAt(0);
        }

        if (lines.Count > 0)
        {
            text.Append('\n').AppendJoin('\n', lines).Append('\n');
        }
    }
}
