using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>One side of a comparison: everything whose change may break a caller, for each kind of file.</summary>
/// <param name="File">The file's name as given.</param>
/// <param name="Version">The specification's version; empty if the file does not contain it.</param>
/// <param name="ServerAddress">The API's address, or <see langword="null"/> if the file does not contain it.</param>
/// <param name="IsPublished">Whether the names were published: true for a lock or catalogue, false for a
/// specification.</param>
internal sealed record ComparedCatalog(
    string File,
    string Version,
    string? ServerAddress,
    bool IsPublished,
    IReadOnlyList<ComparedTool> Tools
)
{
    public int Tokens => Tools.Sum(tool => tool.Tokens);
}

/// <summary>One tool of a <see cref="ComparedCatalog"/>.</summary>
internal sealed record ComparedTool
{
    public required string Name { get; init; }

    /// <summary>Gets whether the name comes from the lock or overlay. Such a name stays when the operation
    /// moves.</summary>
    public required bool HasFixedName { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required OperationKey Operation { get; init; }

    /// <summary>Gets the arguments: one object.</summary>
    public required SchemaModel Arguments { get; init; }

    /// <summary>Gets the answer in the form that the server returns: one object.</summary>
    public required SchemaModel Answer { get; init; }

    /// <summary>Gets the answer according to the texts of the output schema, for the comparison with a file that has no
    /// more than texts; <see langword="null"/> for a specification, which is compared in full.</summary>
    public SchemaModel? AnswerInWords { get; init; }

    /// <summary>Gets the types that clients see in the output schema, by path; the root has no path.</summary>
    public IReadOnlyDictionary<string, string> ProvenTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets whether <see cref="Answer"/> comes from a schema or shape, not only from texts.</summary>
    public bool KnowsAnswer { get; init; } = true;

    public required HintsModel Hints { get; init; }

    public required bool IsDeprecated { get; init; }

    public required IReadOnlyList<string> Profiles { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Gets the paths of the members that an answer has if the caller names none; empty for all.</summary>
    public IReadOnlyList<string> Brief { get; init; } = [];

    public required int Tokens { get; init; }

    /// <summary>Gets class and method of the typed client (<c>BillsClient.List</c>), or <see langword="null"/> if the
    /// file does not contain them.</summary>
    public required string? TypedName { get; init; }

    /// <summary>Gets whether the nullable paths are known exactly. In a catalogue, only the texts of arguments mention
    /// null.</summary>
    public required bool KnowsNull { get; init; }

    /// <summary>Gets the type names of the typed client by their position in body and answer.</summary>
    public IReadOnlyDictionary<string, string> TypeNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets earlier names of the tool that callers may still use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets earlier names of arguments, each with its current name.</summary>
    public IReadOnlyDictionary<string, string> ArgumentAliases { get; init; } = new Dictionary<string, string>();

    public required IToolPlaces Places { get; init; }
}

/// <summary>Positions of the parts of a tool in its file.</summary>
internal interface IToolPlaces
{
    /// <summary>Gets the JSON Pointer of the tool.</summary>
    string Tool { get; }

    /// <summary>Returns the position of an argument, or of the nearest part around it.</summary>
    /// <param name="path">The argument's name, followed by member names, <c>[]</c> for items of a list and <c>*</c> for
    /// unnamed members.</param>
    /// <param name="keyword">The keyword of the schema, or <see langword="null"/> for the schema itself.</param>
    string Argument(IReadOnlyList<string> path, string? keyword);

    /// <summary>Returns the position of a member of the answer, or of the nearest part around it.</summary>
    string Answer(IReadOnlyList<string> path, string? keyword);
}
