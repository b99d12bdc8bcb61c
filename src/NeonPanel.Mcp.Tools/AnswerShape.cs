namespace NeonPanel.Mcp.Tools;

/// <summary>What an answer of the API looks like according to the specification: the counterpart of
/// <see cref="ValueShape"/>. Nothing is rejected by it. The server compares a sample of the answers with it, and looks
/// up the members that a caller selects.</summary>
public sealed record AnswerShape
{
    // Before Anything, which is made with it.
    private static readonly Dictionary<string, AnswerShape> NoMembers = [];

    /// <summary>Gets the kinds of JSON value that are described. Null is always possible.</summary>
    public ValueKinds Kinds { get; init; } = ValueKinds.Any;

    /// <summary>Gets the shape of each item of an array, or <see langword="null"/> when it is not described.</summary>
    public AnswerShape? Items { get; init; }

    /// <summary>Gets the members of an object in the order of the specification; empty when they are not
    /// described.</summary>
    public IReadOnlyDictionary<string, AnswerShape> Members { get; init; } = NoMembers;

    /// <summary>Gets the shape of an answer of which nothing is described.</summary>
    public static AnswerShape Anything { get; } = new();
}
