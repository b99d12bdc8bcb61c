using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>Everything to emit. All decisions are made here, so that an emitter only writes.</summary>
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

    /// <summary>Gets the document's security schemes that need only a fixed value.</summary>
    public IReadOnlyList<SecurityModel> SecuritySchemes { get; init; } = [];
}

/// <summary>One operation and its tool.</summary>
internal sealed record OperationModel
{
    private int? tokens;
    private ToolTokens? parts;

    public required string ToolName { get; init; }

    /// <summary>Gets whether the name comes from the overlay or the lock.</summary>
    public bool HasFixedName { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Gets whether the document has a text about the operation. Otherwise the texts are made from its method
    /// and path.</summary>
    public required bool HasOwnText { get; init; }

    public required string? OperationId { get; init; }

    /// <summary>Gets the first tag, or <see langword="null"/>.</summary>
    public required string? Tag { get; init; }

    /// <summary>Gets the method, upper case.</summary>
    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>Gets the path to send, without a query string that query parameters already write.</summary>
    public required string RequestPath { get; init; }

    /// <summary>Gets the operation as it is in the specification. The comparison reads it in more depth than clients
    /// see.</summary>
    public required OperationSource Source { get; init; }

    /// <summary>Gets the position of the operation in the specification.</summary>
    public string Pointer => Source.Pointer;

    public required IReadOnlyList<ParameterModel> Parameters { get; init; }

    public required BodyModel? Body { get; init; }

    public required string Accept { get; init; }

    /// <summary>Gets the arguments: one object with members in the order of the specification.</summary>
    public required SchemaModel Arguments { get; init; }

    public required JsonObject InputSchema { get; init; }

    public required JsonObject OutputSchema { get; init; }

    /// <summary>Gets the shape that <see cref="OutputSchema"/> describes.</summary>
    public required SchemaModel AnswerShape { get; init; }

    /// <summary>Gets the paths in the answer at which null may occur.</summary>
    public required IReadOnlyList<string> NullableAnswers { get; init; }

    /// <summary>Gets earlier names of the tool that callers may still use.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Gets earlier names of arguments, each with its current name.</summary>
    public required IReadOnlyDictionary<string, string> ArgumentAliases { get; init; }

    /// <summary>Gets how to send a file as bytes if the body only contains a link to it, or
    /// <see langword="null"/>.</summary>
    public UploadModel? Upload { get; init; }

    /// <summary>Gets whether the server can reduce the answer to selected members.</summary>
    public bool TakesFields { get; init; }

    /// <summary>Gets whether the server can wait and repeat the call while the API answers 202.</summary>
    public bool Waits { get; init; }

    /// <summary>Gets the arguments that choose a part of the list, where the overlay declares them.</summary>
    public PagingModel? Paging { get; init; }

    /// <summary>Gets how MCP hosts may display the answer, or <see langword="null"/>.</summary>
    public ViewModel? View { get; init; }

    public required HintsModel Hints { get; init; }

    public required IReadOnlyList<string> Profiles { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Gets the security requirements of the operation: alternatives, each with the names of the schemes that
    /// it needs together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Security { get; init; } = [];

    public required JsonObject Meta { get; init; }

    /// <summary>Gets the number of tokens of the tool in the lock, or <see langword="null"/>.</summary>
    public int? LockedTokens { get; init; }

    /// <summary>Gets the number of tokens of name, description and input schema, counted on first use.</summary>
    public int Tokens =>
        tokens ??= LockedTokens ?? TokenCounter.Of(ToolName, Description, JsonText.Compact(InputSchema));

    /// <summary>Gets the number of tokens of each part, counted on first use.</summary>
    public ToolTokens Parts => parts ??= TokenCounter.Of(this);

    /// <summary>Gets the name of the client class, such as <c>BillsClient</c>.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>Gets the name of the method without <c>Async</c>, such as <c>List</c>.</summary>
    public string MethodName { get; init; } = "";
}

internal sealed record HintsModel(bool ReadOnly, bool Destructive, bool Idempotent, bool OpenWorld);

/// <summary>One parameter. The names of enumeration members are those of the client library.</summary>
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

    /// <summary>Gets how to look up the value by a name that the caller sent instead, or
    /// <see langword="null"/>.</summary>
    public LookupModel? Lookup { get; init; }
}

/// <summary>The body in the selected media type.</summary>
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
    /// <summary>Gets the argument that contains unnamed members of the body, or <see langword="null"/>.</summary>
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

/// <summary>A header of one part of a multipart body, and the argument with its value.</summary>
internal sealed record PartHeaderModel(string Name, string Argument, SchemaModel Schema, bool IsRequired);

/// <summary>An operation that did not become a tool, and the reason.</summary>
internal sealed record ExcludedOperation(string Method, string Path, string Reason);
