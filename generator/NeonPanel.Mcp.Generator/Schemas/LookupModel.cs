namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>How the server finds the value of an argument by a name that people use. The overlay declares it for a
/// parameter or for a schema (<c>x-mcp.lookup</c>), or once for the document (<c>x-mcp.lookups</c>) under a name that
/// the places refer to.</summary>
/// <param name="Noun">The word for the thing in notes, or <see langword="null"/> for the argument's name.</param>
/// <param name="List">Name of the tool that lists the things.</param>
/// <param name="Items">Path of the list in its answer: member names joined by dots. The path continues through the
/// items of a list.</param>
/// <param name="Value">The member of an item that contains the value for the argument.</param>
/// <param name="Match">The members of an item that contain names.</param>
/// <param name="Pointer">Position of the declaration in the document.</param>
internal sealed record LookupModel(
    string? Noun,
    string List,
    string Items,
    string Value,
    IReadOnlyList<string> Match,
    string Pointer
)
{
    /// <summary>Gets the format of a value that needs no lookup, or <see langword="null"/>.</summary>
    public string? Format { get; init; }

    /// <summary>Gets the arguments of the list, each with the argument of the call that fills it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Scope { get; init; } = [];

    /// <summary>Gets the argument of the list that restricts it to a text, or <see langword="null"/>.</summary>
    public string? Search { get; init; }

    /// <summary>Gets the members of an item that tell items with one name apart.</summary>
    public IReadOnlyList<string> Distinguish { get; init; } = [];

    /// <summary>Gets whether the argument may be left out if the list contains exactly one thing.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Gets whether the API requires the argument, and <see cref="IsSingle"/> lets callers leave it
    /// out.</summary>
    public bool IsFilled { get; init; }

    /// <summary>Gets where the server learns values that the list does not contain, or
    /// <see langword="null"/>.</summary>
    public LearnModel? Learn { get; init; }

    /// <summary>Gets the reason why the declaration cannot be read, or <see langword="null"/>.</summary>
    public string? Fault { get; init; }
}

/// <summary>Values that no list contains, and that the server learns from answers that contain them.</summary>
/// <param name="Value">The member that contains the value for the argument.</param>
/// <param name="Key">The member that contains the same text as the lookup's <c>value</c>.</param>
/// <param name="From">The tools whose answers contain such objects, each with the path of the objects.</param>
internal sealed record LearnModel(string Value, string Key, IReadOnlyList<KeyValuePair<string, string>> From);

/// <summary>A lookup and the argument that it belongs to.</summary>
/// <param name="Path">The argument: member names joined by dots, <c>[]</c> for each item of a list
/// (<c>details[].inventory_id</c>).</param>
/// <param name="IsNumber">Whether the API accepts an integer there.</param>
internal sealed record ArgumentLookupModel(string Path, bool IsNumber, LookupModel Lookup);
