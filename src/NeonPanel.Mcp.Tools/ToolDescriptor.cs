using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Tools;

/// <summary>One tool: what a client sees of it in <c>tools/list</c>, and how it is called.</summary>
public sealed class ToolDescriptor
{
    /// <summary>Gets the published name: <c>^[A-Za-z0-9_-]{1,64}$</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the name a person reads.</summary>
    public required string Title { get; init; }

    /// <summary>Gets what the tool does, needs and returns; at most 1,024 characters.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the operation id of the specification, or <see langword="null"/> when it has none.</summary>
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

    /// <summary>Gets the names of the profiles that hold this tool, in ordinal order.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Gets the scopes a call needs, from the operation's security requirements, in ordinal order.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Gets what the API requires of a call: alternatives, each with the names of the security schemes that it
    /// needs together. None where the specification does not say.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Security { get; init; } = [];

    /// <summary>Gets the <c>_meta</c> object of the tool as compact JSON text.</summary>
    public required string Meta { get; init; }

    /// <summary>Gets the estimated size of name, description and input schema in tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Gets the compiled form of <see cref="InputSchema"/> that arguments are checked against.</summary>
    public required ValueShape Arguments { get; init; }

    /// <summary>Sets what makes <see cref="Answer"/>. It runs when the shape is first needed, since most tools of a
    /// large API are rarely called.</summary>
    public Func<AnswerShape>? MakeAnswer { private get; init; }

    /// <summary>Gets the shape that <see cref="OutputSchema"/> puts into words.</summary>
    public AnswerShape Answer => field ??= MakeAnswer?.Invoke() ?? AnswerShape.Anything;

    /// <summary>Gets the arguments that are files, sent as bytes.</summary>
    public IReadOnlyList<string> FileArguments { get; init; } = [];

    /// <summary>Gets the arguments that take a name people use in the place of the value, and where names are
    /// found.</summary>
    public IReadOnlyList<ArgumentLookup> Lookups { get; init; } = [];

    /// <summary>Gets whether the argument <c>fields</c> is understood: it names the members that are wanted of the
    /// answer.</summary>
    public bool TakesFields { get; init; }

    /// <summary>Gets whether the argument <c>wait_seconds</c> is understood: so long the call is repeated while the API
    /// answers 202.</summary>
    public bool Waits { get; init; }

    /// <summary>Gets how hosts may show the answer, or <see langword="null"/>.</summary>
    public ToolView? View { get; init; }

    /// <summary>Gets how a file is sent as bytes where <see cref="Call"/> only points to it, or
    /// <see langword="null"/>.</summary>
    public ToolUpload? Upload { get; init; }

    /// <summary>Gets earlier names of the tool that still reach it; they are not listed.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets earlier names of arguments, with the present one.</summary>
    public IReadOnlyDictionary<string, string> ArgumentAliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets what a caller is told of a tool whose operation is gone, or <see langword="null"/> when the tool
    /// is there.</summary>
    public string? Retired { get; private init; }

    /// <summary>Gets the raw half of the operation's client method.</summary>
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

    /// <summary>A tool that is gone: it is not listed, and a call is answered with the sentence.</summary>
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
/// <param name="Destructive">The tool may overwrite or remove something; meaningful only when it is not
/// read-only.</param>
/// <param name="Idempotent">A repetition with the same arguments changes nothing more.</param>
/// <param name="OpenWorld">The tool reaches beyond NeonPanel's own data.</param>
public sealed record ToolHints(bool ReadOnly, bool Destructive, bool Idempotent, bool OpenWorld);

/// <summary>Where the value of an argument is found by a name.</summary>
/// <param name="Argument">The argument: a text, or a list of texts.</param>
/// <param name="List">The tool that lists what there is to name.</param>
/// <param name="Items">The member of its answer that holds the list.</param>
/// <param name="Value">The member of an item that the argument takes.</param>
/// <param name="Match">The members that people name it by.</param>
/// <param name="Format">The format of a value that needs no lookup, or <see langword="null"/>.</param>
public sealed record ArgumentLookup(
    string Argument,
    string List,
    string Items,
    string Value,
    IReadOnlyList<string> Match,
    string? Format
);

/// <summary>How hosts may show an answer.</summary>
/// <param name="Kind"><c>table</c> or <c>chart</c>.</param>
/// <param name="Declaration">The overlay's <c>x-mcp.view</c> as compact JSON text: which members of the answer are
/// shown as what.</param>
public sealed record ToolView(string Kind, string Declaration);

/// <summary>The same operation with a file itself as the body.</summary>
/// <param name="Argument">The argument that holds the file.</param>
/// <param name="ContentType">The media type it has.</param>
/// <param name="NameArgument">The argument that takes its name, or <see langword="null"/>.</param>
/// <param name="Call">Sends it.</param>
public sealed record ToolUpload(string Argument, string ContentType, string? NameArgument, ToolCall Call);

/// <summary>Sends one call to the API.</summary>
/// <param name="http">The way to the API; has its base address.</param>
/// <param name="arguments">A JSON object that satisfies the tool's input schema.</param>
/// <param name="configure">Runs on the request before it is sent.</param>
/// <param name="cancellationToken">Ends the call.</param>
public delegate Task<RawResponse> ToolCall(
    HttpClient http,
    JsonElement arguments,
    Action<HttpRequestMessage>? configure,
    CancellationToken cancellationToken
);
