namespace NeonPanel.Mcp.Tools;

/// <summary>The shape of an answer of the API according to the specification: the counterpart of
/// <see cref="ValueShape"/>. It never rejects an answer. The server compares a sample of the answers with it, and looks
/// up the members that a caller selects.</summary>
public sealed record AnswerShape
{
    // Declared before Anything, whose initializer uses it.
    private static readonly Dictionary<string, AnswerShape> NoMembers = [];

    /// <summary>Gets the kinds of JSON value that the specification describes. Null is always possible.</summary>
    public ValueKinds Kinds { get; init; } = ValueKinds.Any;

    /// <summary>Gets whether the value is a text that cannot be a number: a date, or one of several words.</summary>
    public bool IsText { get; init; }

    /// <summary>Gets whether <c>OutputSchema</c> states the type of the value, because observed answers had no other
    /// kind of value. The server keeps other values out of the place.</summary>
    public bool IsProven { get; init; }

    /// <summary>Gets the shape of each item of an array, or <see langword="null"/> if the specification does not
    /// describe it.</summary>
    public AnswerShape? Items { get; init; }

    /// <summary>Gets the members of an object in the order of the specification; empty if the specification describes
    /// none.</summary>
    public IReadOnlyDictionary<string, AnswerShape> Members { get; init; } = NoMembers;

    /// <summary>Gets the shape of an answer that the specification does not describe.</summary>
    public static AnswerShape Anything { get; } = new();
}
