namespace NeonPanel.Mcp.Tools.Research;

/// <summary>Where the tools <c>search</c> and <c>fetch</c> look, as the overlay declares it
/// (<c>x-mcp.research</c>).</summary>
/// <param name="Profile">The profile that holds the two, and nothing else.</param>
/// <param name="Scope">What most sources are asked for one at a time, companies say; or <see langword="null"/>.</param>
/// <param name="ScopeArgument">The argument of a source that takes the id of the scope.</param>
/// <param name="Sources">In the order in which what they find is told.</param>
/// <param name="Address">What a record without a link of its own is cited by.</param>
public sealed record ResearchSources(
    string Profile,
    ResearchSource? Scope,
    string? ScopeArgument,
    IReadOnlyList<ResearchSource> Sources,
    string Address
);

/// <summary>One kind of record.</summary>
/// <param name="Kind">Its name in ids: <c>bill</c>.</param>
/// <param name="List">The tool that lists them.</param>
/// <param name="Items">The member of the answer that holds the list.</param>
/// <param name="Id">The member of an item that identifies it.</param>
/// <param name="Title">The member that names it.</param>
/// <param name="Search">The argument of <paramref name="List"/> that takes words, or <see langword="null"/>: titles are
/// compared then.</param>
/// <param name="Read">The tool that reads one, or <see langword="null"/>: it is found in the list then.</param>
/// <param name="ReadArgument">The argument of <paramref name="Read"/> that takes the id.</param>
public sealed record ResearchSource(
    string Kind,
    ToolDescriptor List,
    string Items,
    string Id,
    string Title,
    string? Search = null,
    ToolDescriptor? Read = null,
    string? ReadArgument = null
);
