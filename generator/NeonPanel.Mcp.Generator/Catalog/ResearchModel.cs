namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The sources of <c>search</c> and <c>fetch</c>: the overlay's <c>x-mcp.research</c>. It refers to tools by
/// name, because tool names are more stable than operation ids.</summary>
internal sealed record ResearchModel(
    string Profile,
    ResearchSourceModel? Scope,
    string? ScopeArgument,
    IReadOnlyList<ResearchSourceModel> Sources
)
{
    /// <summary>Gets the member of a scope's item that contains its short name, or <see langword="null"/>.</summary>
    public string? ScopeShort { get; init; }
}

/// <summary>One kind of record. Corresponds to the server's <c>ResearchSource</c>.</summary>
internal sealed record ResearchSourceModel(
    string Kind,
    OperationModel List,
    string Items,
    string Id,
    string Title,
    string? Search,
    OperationModel? Read,
    string? ReadArgument
)
{
    public required string Label { get; init; }

    public IReadOnlyList<string> Cite { get; init; } = [];

    public IReadOnlyList<string> Match { get; init; } = [];

    public string? Inside { get; init; }

    public bool IsLast { get; init; }
}
