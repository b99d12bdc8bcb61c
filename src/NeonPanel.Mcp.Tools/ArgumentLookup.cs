namespace NeonPanel.Mcp.Tools;

/// <summary>An argument that also accepts a name that people use.</summary>
/// <param name="Path">The argument: member names joined by dots, <c>[]</c> for each item of a list, such as
/// <c>vendors[]</c> or <c>details[].inventory_id</c>.</param>
/// <param name="IsNumber">Whether the API accepts an integer there; otherwise it accepts a text.</param>
/// <param name="Source">Where the names are found.</param>
public sealed record ArgumentLookup(string Path, bool IsNumber, NameSource Source)
{
    /// <summary>Gets the steps of <see cref="Path"/>: the name of a member, or <see langword="null"/> for each item of
    /// a list.</summary>
    public IReadOnlyList<string?> Steps { get; } =
    [.. Path.Replace("[]", ".", StringComparison.Ordinal).Split('.').Select(step => step.Length == 0 ? null : step)];

    /// <summary>Gets whether the API requires the argument, and callers may leave it out: if the list contains exactly
    /// one thing, the server sends that one.</summary>
    public bool IsFilled { get; init; }
}

/// <summary>Where the server finds the value for a name.</summary>
/// <param name="Noun">The word for the thing in notes, such as <c>Vendor</c>, or <see langword="null"/> for the
/// argument's name.</param>
/// <param name="List">The tool that lists the things that can be named.</param>
/// <param name="Items">Path of the list in its answer: member names joined by dots. The path continues through the
/// items of a list.</param>
/// <param name="Value">The member of an item that contains the value for the argument.</param>
/// <param name="Match">The members of an item that contain names.</param>
public sealed record NameSource(string? Noun, string List, string Items, string Value, IReadOnlyList<string> Match)
{
    /// <summary>Gets the format of values that need no lookup, or <see langword="null"/>.</summary>
    public string? Format { get; init; }

    /// <summary>Gets the arguments of the list that the call fills, such as the company.</summary>
    public IReadOnlyList<ScopeArgument> Scope { get; init; } = [];

    /// <summary>Gets the argument of the list that restricts it to items with a text, or
    /// <see langword="null"/>.</summary>
    public string? Search { get; init; }

    /// <summary>Gets the members of an item that messages show, so that a reader can tell items with one name
    /// apart.</summary>
    public IReadOnlyList<string> Distinguish { get; init; } = [];

    /// <summary>Gets where the server learns the values, if the list does not contain them, or
    /// <see langword="null"/>.</summary>
    public LearnedSource? Learn { get; init; }
}

/// <summary>An argument of a list, and the argument of the call that fills it.</summary>
/// <param name="List">The argument of the list.</param>
/// <param name="Call">The argument of the call.</param>
public sealed record ScopeArgument(string List, string Call);

/// <summary>Values that no list contains. Answers of other tools contain them.</summary>
/// <param name="Value">The member that contains the value for the argument.</param>
/// <param name="Key">The member that contains the same text as <see cref="NameSource.Value"/>.</param>
/// <param name="From">The places of the objects with both members.</param>
public sealed record LearnedSource(string Value, string Key, IReadOnlyList<LearnedPlace> From);

/// <summary>A place of objects in the answer of a tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Path">Path of the objects: member names joined by dots. The path continues through the items of a
/// list.</param>
public sealed record LearnedPlace(string Tool, string Path);
