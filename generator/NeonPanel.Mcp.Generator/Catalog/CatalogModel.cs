using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>Everything to emit. All decisions are made here, so that an emitter only writes.</summary>
internal sealed record CatalogModel(
    string Title,
    string Version,
    IReadOnlyList<InstructionModel> Instructions,
    IReadOnlyDictionary<string, string> FailureHints,
    string? ServerAddress,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Profiles,
    IReadOnlyList<OperationModel> Tools,
    IReadOnlyList<RetiredTool> Retired,
    IReadOnlyList<ExcludedOperation> Excluded,
    IReadOnlyList<Diagnostic> Diagnostics
)
{
    /// <summary>Gets the tools that are operations of the API, without those composed of several.</summary>
    public IReadOnlyList<OperationModel> Operations => [.. Tools.Where(tool => tool.Composition is null)];

    /// <summary>Gets <c>info.summary</c> of the document as one line (OpenAPI 3.1 §4.8.2), or the empty
    /// string.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Gets the skills, in ordinal order of name.</summary>
    public IReadOnlyList<SkillModel> Skills { get; init; } = [];

    /// <summary>Gets the sources of <c>search</c> and <c>fetch</c>, or <see langword="null"/>.</summary>
    public ResearchModel? Research { get; init; }

    /// <summary>Gets the path below the API's origin, if the document names only a path; otherwise the empty
    /// string.</summary>
    public string ServerPath { get; init; } = "";

    /// <summary>Gets whether the MCP server and the API are one resource to the authorization server
    /// (<c>x-mcp.oneResource</c>).</summary>
    public bool IsOneResource { get; init; }

    /// <summary>Gets the metadata of the authorization server that people sign in at
    /// (<c>x-mcp.authorizationServer</c>), as JSON text, or <see langword="null"/>.</summary>
    public string? AuthorizationServer { get; init; }

    /// <summary>Gets the page with the terms of service (<c>x-mcp.terms</c>, otherwise <c>info.termsOfService</c>), or
    /// <see langword="null"/>.</summary>
    public string? TermsAddress { get; init; }

    /// <summary>Gets the page about the use of data (<c>x-mcp.policy</c>), or <see langword="null"/>.</summary>
    public string? PolicyAddress { get; init; }

    /// <summary>Gets the document's security schemes that need only a fixed value.</summary>
    public IReadOnlyList<SecurityModel> SecuritySchemes { get; init; } = [];
}
