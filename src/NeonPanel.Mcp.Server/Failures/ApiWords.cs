using System.Text;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Collects the API's own messages about a failure. A message may be about a field.</summary>
internal sealed class ApiWords
{
    private const int MaxWords = 31;

    /// <summary>Longest line, in characters: the field's name and its message.</summary>
    private const int MaxLine = 1000;

    private readonly List<(string? Field, string Text)> words = [];

    /// <summary>Gets whether there are no messages yet.</summary>
    public bool IsEmpty => words.Count == 0;

    /// <summary>Gets the number of messages.</summary>
    public int Count => words.Count;

    /// <summary>Gets whether further messages are ignored.</summary>
    public bool IsFull => words.Count >= MaxWords;

    /// <summary>Gets whether a message is about a field.</summary>
    public bool HasFields => words.Exists(word => word.Field is not null);

    /// <param name="field">The field that the message is about, or <see langword="null"/>.</param>
    /// <param name="text">Plain text. Empty and repeated messages are ignored.</param>
    public void Add(string? field, string text)
    {
        var word = (field is { Length: > 0 } ? field : null, text);
        if (text.Length > 0 && !IsFull && !words.Contains(word))
        {
            words.Add(word);
        }
    }

    /// <summary>Appends messages without a field as sentences, and each message about a field as a line of its
    /// own.</summary>
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
