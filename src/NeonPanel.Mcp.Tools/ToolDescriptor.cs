using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Tools;

/// <summary>One tool: its description for clients in <c>tools/list</c>, and the way to call it.</summary>
public sealed class ToolDescriptor
{
    /// <summary>Gets the published name: <c>^[A-Za-z0-9_-]{1,64}$</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Gets what the tool does, needs and returns; at most 1,024 characters.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the operation id of the specification, or <see langword="null"/> if the operation has
    /// none.</summary>
    public required string? OperationId { get; init; }

    /// <summary>Gets the HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the path template of the operation.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the JSON Schema of the arguments as compact JSON text: an object at the root, closed, without
    /// references (rules C1, C2).</summary>
    public required string InputSchema { get; init; }

    /// <summary>Gets the JSON Schema of <c>structuredContent</c> as compact JSON text: an object at the root (rule
    /// C3).</summary>
    public required string OutputSchema { get; init; }

    /// <summary>Gets the behavior hints, each written out (rule C6).</summary>
    public required ToolHints Hints { get; init; }

    /// <summary>Gets the names of the profiles that contain this tool, in ordinal order.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Gets the scopes that a call needs according to the operation's security requirements, in ordinal
    /// order.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Gets the security requirements of the operation: alternatives, each with the names of the security
    /// schemes that it needs together. Empty if the specification names none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Security { get; init; } = [];

    /// <summary>Gets the <c>_meta</c> object of the tool as compact JSON text.</summary>
    public required string Meta { get; init; }

    /// <summary>Gets the estimated size of name, description and input schema in tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Gets the compiled form of <see cref="InputSchema"/> that arguments are checked against.</summary>
    public required ValueShape Arguments { get; init; }

    /// <summary>Sets the function that creates <see cref="Answer"/>. It runs on first use, because most tools of a
    /// large API are rarely called.</summary>
    public Func<AnswerShape>? MakeAnswer { private get; init; }

    /// <summary>Gets the shape that <see cref="OutputSchema"/> describes.</summary>
    public AnswerShape Answer => field ??= MakeAnswer?.Invoke() ?? AnswerShape.Anything;

    /// <summary>Gets whether the specification declares answers that are neither JSON nor text, such as pictures. Such
    /// an answer has no structured content.</summary>
    public bool AnswersBytes { get; init; }

    /// <summary>Gets the names of the arguments that are files, which the API receives as bytes.</summary>
    public IReadOnlyList<string> FileArguments { get; init; } = [];

    /// <summary>Gets the arguments that also accept names. Those whose lookup has no scope come first, because they may
    /// fill the scope of others.</summary>
    public IReadOnlyList<ArgumentLookup> Lookups { get; init; } = [];

    /// <summary>Gets the arguments that choose a part of the list: those that the overlay declares, or those that are
    /// recognized.</summary>
    public ToolPaging Paging
    {
        get => field ??= ToolPaging.Recognize(Arguments);
        init;
    }

    /// <summary>Gets the pairs of arguments that are the first and the last day of one span.</summary>
    public IReadOnlyList<ArgumentSpan> Spans { get; init; } = [];

    /// <summary>Gets whether the argument <c>fields</c> is understood: it names the members that are wanted of the
    /// answer.</summary>
    public bool TakesFields { get; init; }

    /// <summary>Gets the list of the answer if the tool has the arguments <c>total</c>, <c>where</c> and
    /// <c>all_pages</c>, by which the server reads all pages; otherwise <see langword="null"/>.</summary>
    public ToolRows? Rows { get; init; }

    /// <summary>Gets the paths of the members that an answer has if the caller sends no <c>fields</c>; empty for
    /// all.</summary>
    public IReadOnlyList<string> Brief { get; init; } = [];

    /// <summary>Gets whether <see cref="Answer"/> has values with a proven type.</summary>
    public bool HasProvenTypes { get; init; }

    /// <summary>Gets the members at the root of the answer that repeat the arguments in force, such as
    /// <c>filters</c>.</summary>
    public IReadOnlyList<string> EchoMembers { get; init; } = [];

    /// <summary>Gets where the answer repeats arguments.</summary>
    public IReadOnlyList<ArgumentEcho> Echoes { get; init; } = [];

    /// <summary>Gets whether the tool has the argument <c>wait_seconds</c>: for that long, the server repeats the call
    /// while the API answers 202.</summary>
    public bool Waits { get; init; }

    /// <summary>Gets whether the user is asked before the call is sent, if the client can show forms. The default is
    /// whether the tool may destroy data.</summary>
    public bool Confirms => Confirm ?? Hints is { ReadOnly: false, Destructive: true };

    /// <summary>Sets <see cref="Confirms"/>; <see langword="null"/> for the default.</summary>
    public bool? Confirm { private get; init; }

    /// <summary>Gets how the server notices that a client repeats the write, or <see langword="null"/> if each call is
    /// sent.</summary>
    public ToolOnce? Once { get; init; }

    /// <summary>Gets how the server shows what a write would do, or <see langword="null"/> for a tool that only
    /// reads.</summary>
    public ToolPreview? Preview { get; init; }

    /// <summary>Gets how to see the end of the work that a call begins, or <see langword="null"/> if the call itself
    /// does the work.</summary>
    public ToolWork? Work { get; init; }

    /// <summary>Gets where the id of the record is that a call writes, or <see langword="null"/> if it is
    /// unknown.</summary>
    public ToolRecord? Record { get; init; }

    /// <summary>Gets how MCP hosts may display the answer, or <see langword="null"/>.</summary>
    public ToolView? View { get; init; }

    /// <summary>Gets how to send a file as bytes if <see cref="Call"/> only sends a link to it, or
    /// <see langword="null"/>.</summary>
    public ToolUpload? Upload { get; init; }

    /// <summary>Gets what a composed tool does, as compact JSON text that the generator has checked;
    /// <see langword="null"/> for an operation of the API. <see cref="Call"/> cannot be used then.</summary>
    public string? Composition { get; init; }

    /// <summary>Gets the names of the tools that a composed tool calls, in ordinal order.</summary>
    public IReadOnlyList<string> ComposedOf { get; init; } = [];

    /// <summary>Gets earlier names of the tool. Calls with them still reach the tool, but they are not
    /// listed.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets earlier names of arguments, each with its current name.</summary>
    public IReadOnlyDictionary<string, string> ArgumentAliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the message for callers of a retired tool, or <see langword="null"/> if the tool is not
    /// retired.</summary>
    public string? Retired { get; private init; }

    /// <summary>Gets the client method that sends a call and returns the raw response.</summary>
    public required ToolCall Call { get; init; }

    /// <summary>Writes title and hints as MCP's <c>ToolAnnotations</c>, each hint written out (rule C6).</summary>
    public void WriteAnnotations(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("title", Title);
        writer.WriteBoolean("readOnlyHint", Hints.ReadOnly);
        writer.WriteBoolean("destructiveHint", Hints.Destructive);
        writer.WriteBoolean("idempotentHint", Hints.Idempotent);
        writer.WriteBoolean("openWorldHint", Hints.OpenWorld);
        writer.WriteEndObject();
    }

    /// <summary>Creates a retired tool: it is not listed, and a call is answered with the given message.</summary>
    internal static ToolDescriptor Gone(string name, string sentence, IReadOnlyList<string> profiles) =>
        new()
        {
            Name = name,
            Title = name,
            Description = sentence,
            OperationId = null,
            Method = "",
            Path = "",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = profiles,
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = ValueShape.Anything,
            Retired = sentence,
            Call = (_, _, _, _) => throw new InvalidOperationException(sentence),
        };
}

/// <summary>The behavior hints of MCP's <c>ToolAnnotations</c>.</summary>
/// <param name="ReadOnly">The tool does not change anything.</param>
/// <param name="Destructive">The tool may overwrite or remove something. The hint has no meaning for a read-only
/// tool.</param>
/// <param name="Idempotent">Repeating a call with the same arguments has no further effect.</param>
/// <param name="OpenWorld">The tool reaches beyond the API's own data.</param>
public sealed record ToolHints(bool ReadOnly, bool Destructive, bool Idempotent, bool OpenWorld);

/// <summary>Two arguments that are the first and the last day of one span.</summary>
/// <param name="From">The argument with the first day.</param>
/// <param name="To">The argument with the last day.</param>
public sealed record ArgumentSpan(string From, string To);

/// <summary>How MCP hosts may display an answer.</summary>
/// <param name="Kind">The form of the view.</param>
/// <param name="Declaration">The overlay's <c>x-mcp.view</c> as compact JSON text. It says how to display which members
/// of the answer.</param>
public sealed record ToolView(ViewKind Kind, string Declaration);

/// <summary>The form in which a view displays the rows of an answer.</summary>
public enum ViewKind
{
    /// <summary>Rows and columns.</summary>
    Table,

    /// <summary>Bars: one for each row and series.</summary>
    Chart,

    /// <summary>Sums by two members of the rows, one down and one across.</summary>
    Matrix,

    /// <summary>Open amounts by week and currency.</summary>
    Weeks,
}

/// <summary>The same operation with the file itself as the body.</summary>
/// <param name="Argument">The argument that contains the file.</param>
/// <param name="ContentType">The media type of the file.</param>
/// <param name="NameArgument">The argument that accepts the file's name, or <see langword="null"/>.</param>
/// <param name="LinkArgument">The argument that accepts a link in place of the file, or <see langword="null"/>.</param>
/// <param name="Call">Sends the file.</param>
public sealed record ToolUpload(
    string Argument,
    string ContentType,
    string? NameArgument,
    string? LinkArgument,
    ToolCall Call
);

/// <summary>Sends one call to the API.</summary>
/// <param name="http">The HTTP client of the API, with its base address.</param>
/// <param name="arguments">A JSON object that is valid by the tool's input schema.</param>
/// <param name="configure">Runs on the request before it is sent.</param>
/// <param name="cancellationToken">Cancels the call.</param>
public delegate Task<RawResponse> ToolCall(
    HttpClient http,
    JsonElement arguments,
    Action<HttpRequestMessage>? configure,
    CancellationToken cancellationToken
);
