using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Catalog;

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

    /// <summary>Gets the lookups of arguments that accept names.</summary>
    public IReadOnlyList<ArgumentLookupModel> Lookups { get; init; } = [];

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

    /// <summary>Gets whether the user confirms each call, or <see langword="null"/> for the default: whether the tool
    /// may destroy data.</summary>
    public bool? Confirm { get; init; }

    /// <summary>Gets how the server notices a repeated write, or <see langword="null"/>.</summary>
    public OnceModel? Once { get; init; }

    /// <summary>Gets whether callers may ask for a preview of the write.</summary>
    public bool TakesPreview { get; init; }

    /// <summary>Gets how the server shows what the write would do, or <see langword="null"/> if the tool only
    /// reads.</summary>
    public PreviewModel? Preview { get; init; }

    /// <summary>Gets how the server sees the end of the work that a call begins, or <see langword="null"/>.</summary>
    public WorkModel? Work { get; init; }

    /// <summary>Gets where the id of the record is that a call writes, or <see langword="null"/> if it is
    /// unknown.</summary>
    public WrittenRecordModel? Record { get; init; }

    /// <summary>Gets the arguments that choose a part of the list, where the overlay declares them.</summary>
    public PagingModel? Paging { get; init; }

    /// <summary>Gets the pairs of arguments that are the first and the last day of one span.</summary>
    public IReadOnlyList<SpanModel> Spans { get; init; } = [];

    /// <summary>Gets the list of the answer of which the server can read all pages, or
    /// <see langword="null"/>.</summary>
    public RowsModel? Rows { get; init; }

    /// <summary>Gets the paths of the members that an answer has if the caller names none; empty for all.</summary>
    public IReadOnlyList<string> Brief { get; init; } = [];

    /// <summary>Gets where the answer repeats arguments.</summary>
    public EchoModel Echo { get; init; } = EchoModel.None;

    /// <summary>Gets how MCP hosts may display the answer, or <see langword="null"/>.</summary>
    public ViewModel? View { get; init; }

    /// <summary>Gets what a composed tool does; <see langword="null"/> for an operation of the API.</summary>
    public ComposedModel? Composition { get; init; }

    public required HintsModel Hints { get; init; }

    /// <summary>Gets the overlay's reason why a tool that overwrites is not destructive, or
    /// <see langword="null"/>.</summary>
    public string? NotDestructive { get; init; }

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
