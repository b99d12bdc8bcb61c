namespace NeonPanel.Mcp.Tools;

/// <summary>The sources of the tools <c>search</c> and <c>fetch</c>, as the overlay declares them
/// (<c>x-mcp.research</c>).</summary>
/// <param name="Profile">The profile that contains only these two tools.</param>
/// <param name="Scope">The kind of record that limits most searches, such as companies; or
/// <see langword="null"/>.</param>
/// <param name="ScopeArgument">The argument of a source that accepts the id of the scope.</param>
/// <param name="Sources">The sources, in the order of their results.</param>
public sealed record ResearchSources(
    string Profile,
    ResearchSource? Scope,
    string? ScopeArgument,
    IReadOnlyList<ResearchSource> Sources
)
{
    /// <summary>Gets the member of a scope's item that contains its short name, or <see langword="null"/>.</summary>
    public string? ScopeShort { get; init; }
}

/// <summary>One kind of record.</summary>
/// <param name="Kind">Name of the kind in ids, such as <c>bill</c>.</param>
/// <param name="List">The tool that lists the records.</param>
/// <param name="Items">The member of the answer that contains the list.</param>
/// <param name="Id">The member of an item that identifies it.</param>
/// <param name="Title">The member of an item that contains its title.</param>
/// <param name="Search">The argument of <paramref name="List"/> that accepts search words. If <see langword="null"/>,
/// the words are compared with the titles.</param>
/// <param name="Read">The tool that reads one record. If <see langword="null"/>, the record is looked up in the
/// list.</param>
/// <param name="ReadArgument">The argument of <paramref name="Read"/> that accepts the id.</param>
public sealed record ResearchSource(
    string Kind,
    ToolDescriptor List,
    string Items,
    string Id,
    string Title,
    string? Search = null,
    ToolDescriptor? Read = null,
    string? ReadArgument = null
)
{
    /// <summary>Gets the kind in titles, such as <c>Bill</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the parts of a title that can be cited, such as <c>{amount:money} {currency}</c>.</summary>
    public IReadOnlyList<string> Cite { get; init; } = [];

    /// <summary>Gets the members that are compared with the words, in addition to the title, if the list has no
    /// search.</summary>
    public IReadOnlyList<string> Match { get; init; } = [];

    /// <summary>Gets the member of the answer of <see cref="Read"/> that has the members of a list's item, or
    /// <see langword="null"/> if the answer itself has them.</summary>
    public string? Inside { get; init; }

    /// <summary>Gets whether the source is searched only if the others found nothing.</summary>
    public bool IsLast { get; init; }
}
