using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>All that will be emitted. Decisions are made here, so that an emitter only writes.</summary>
internal sealed record CatalogModel(
    string Title,
    string Version,
    string Instructions,
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
    /// <summary>Gets where <c>search</c> and <c>fetch</c> look, or <see langword="null"/>.</summary>
    public ResearchModel? Research { get; init; }

    /// <summary>Gets the path below the API's origin where the document names a path and no origin; otherwise it is
    /// empty.</summary>
    public string ServerPath { get; init; } = "";

    /// <summary>Gets whether MCP server and API are one resource to one authorization server
    /// (<c>x-mcp.oneResource</c>).</summary>
    public bool IsOneResource { get; init; }

    /// <summary>Gets the metadata of the authorization server that people sign in at
    /// (<c>x-mcp.authorizationServer</c>), as JSON text, or <see langword="null"/>.</summary>
    public string? AuthorizationServer { get; init; }

    /// <summary>Gets the document's security schemes that one fixed value satisfies.</summary>
    public IReadOnlyList<SecurityModel> SecuritySchemes { get; init; } = [];
}

/// <summary>One operation and the tool made of it.</summary>
internal sealed record OperationModel
{
    private int? tokens;
    private ToolTokens? parts;

    public required string ToolName { get; init; }

    /// <summary>Gets whether overlay or lock gave the name.</summary>
    public bool HasFixedName { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Gets whether the document says anything of the operation; otherwise the texts are made of its method
    /// and path.</summary>
    public required bool HasOwnText { get; init; }

    public required string? OperationId { get; init; }

    /// <summary>Gets the first tag, or <see langword="null"/>.</summary>
    public required string? Tag { get; init; }

    /// <summary>Gets the method, upper case.</summary>
    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>Gets the path as it is sent: without what a query parameter writes.</summary>
    public required string RequestPath { get; init; }

    /// <summary>Gets the operation as it stands in the specification: for the comparison, which looks deeper than what
    /// clients are told.</summary>
    public required OperationSource Source { get; init; }

    /// <summary>Gets where the operation stands in the specification.</summary>
    public string Pointer => Source.Pointer;

    public required IReadOnlyList<ParameterModel> Parameters { get; init; }

    public required BodyModel? Body { get; init; }

    public required string Accept { get; init; }

    /// <summary>Gets the arguments: one object, the members in the order of the specification.</summary>
    public required SchemaModel Arguments { get; init; }

    public required JsonObject InputSchema { get; init; }

    public required JsonObject OutputSchema { get; init; }

    /// <summary>Gets the shape that <see cref="OutputSchema"/> puts into words.</summary>
    public required SchemaModel AnswerShape { get; init; }

    /// <summary>Gets where null may stand in the answer.</summary>
    public required IReadOnlyList<string> NullableAnswers { get; init; }

    /// <summary>Gets earlier names that still reach the tool.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Gets earlier names of arguments, with the present one.</summary>
    public required IReadOnlyDictionary<string, string> ArgumentAliases { get; init; }

    /// <summary>Gets how a file is sent as bytes where the body only points to it, or <see langword="null"/>.</summary>
    public UploadModel? Upload { get; init; }

    /// <summary>Gets whether the server cuts the answer to the members that are asked for.</summary>
    public bool TakesFields { get; init; }

    /// <summary>Gets whether the server asks again while the API answers 202.</summary>
    public bool Waits { get; init; }

    /// <summary>Gets the arguments that choose a part of the list, where the overlay declares them.</summary>
    public PagingModel? Paging { get; init; }

    /// <summary>Gets how hosts may show the answer, or <see langword="null"/>.</summary>
    public ViewModel? View { get; init; }

    public required HintsModel Hints { get; init; }

    public required IReadOnlyList<string> Profiles { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Gets what the operation requires: alternatives, each with the names of the schemes that it needs
    /// together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Security { get; init; } = [];

    public required JsonObject Meta { get; init; }

    /// <summary>Gets the tokens of the tool as the lock knows them, or <see langword="null"/>.</summary>
    public int? LockedTokens { get; init; }

    /// <summary>Gets the tokens of name, description and input schema, counted when they are first asked for.</summary>
    public int Tokens =>
        tokens ??= LockedTokens ?? TokenCounter.Of(ToolName, Description, JsonText.Compact(InputSchema));

    /// <summary>Gets the tokens of each part, counted when they are first asked for.</summary>
    public ToolTokens Parts => parts ??= TokenCounter.Of(this);

    /// <summary>Gets the class of the client, such as <c>BillsClient</c>.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>Gets the method without <c>Async</c>, such as <c>List</c>.</summary>
    public string MethodName { get; init; } = "";
}

internal sealed record HintsModel(bool ReadOnly, bool Destructive, bool Idempotent, bool OpenWorld);

/// <summary>One parameter; the enumeration names are those of the client library.</summary>
internal sealed record ParameterModel(
    string Name,
    string Location,
    string Argument,
    string Style,
    bool Explode,
    bool IsRequired,
    bool AllowReserved,
    string? ContentType,
    SchemaModel Schema
)
{
    /// <summary>Gets the styles of the lists inside a list, the outermost first; an empty list where they are
    /// JSON.</summary>
    public IReadOnlyList<string> ItemStyles { get; init; } = [];

    /// <summary>Gets where a name that was sent in the place of the value is looked up, or
    /// <see langword="null"/>.</summary>
    public LookupModel? Lookup { get; init; }
}

/// <summary>The body in the media type that was chosen.</summary>
internal sealed record BodyModel(
    string DeclaredType,
    string ContentType,
    string Kind,
    bool IsRequired,
    string? Argument,
    SchemaModel Schema,
    IReadOnlyList<BodyMemberModel> Members,
    bool TakesMore
)
{
    /// <summary>Gets the argument that holds members without a name of their own, or <see langword="null"/>.</summary>
    public string? AdditionalArgument { get; init; }
}

internal sealed record BodyMemberModel(
    string Name,
    string Argument,
    PropertyModel Property,
    BodyEncodingModel? Encoding
);

internal sealed record BodyEncodingModel(
    string? ContentType,
    string? Style,
    bool Explode,
    bool AllowReserved,
    bool IsFile,
    IReadOnlyList<PartHeaderModel> Headers
)
{
    /// <summary>Gets the styles of the lists inside a list, the outermost first; an empty list where they are
    /// JSON.</summary>
    public IReadOnlyList<string> ItemStyles { get; init; } = [];
}

/// <summary>A header of one part of a multipart body, and the argument that fills it.</summary>
internal sealed record PartHeaderModel(string Name, string Argument, SchemaModel Schema, bool IsRequired);

/// <summary>An operation that became no tool, and why.</summary>
internal sealed record ExcludedOperation(string Method, string Path, string Reason);
