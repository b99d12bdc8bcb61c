using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>One side of a comparison: all that can break for somebody, whatever file it was read from.</summary>
/// <param name="File">The file's name as given.</param>
/// <param name="Version">The specification's version; empty when the file does not say.</param>
/// <param name="ServerAddress">The API's address, or <see langword="null"/> when the file does not say.</param>
/// <param name="IsPublished">Whether the names were published: the file is a lock or a catalogue, no
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

/// <summary>One tool of a side.</summary>
internal sealed record ComparedTool
{
    public required string Name { get; init; }

    /// <summary>Gets whether lock or overlay gave the name, so that it outlives a move of the operation.</summary>
    public required bool HasFixedName { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required OperationKey Operation { get; init; }

    /// <summary>Gets the arguments: one object.</summary>
    public required SchemaModel Arguments { get; init; }

    /// <summary>Gets the answer as it is handed over: one object.</summary>
    public required SchemaModel Answer { get; init; }

    /// <summary>Gets the answer as the words of the output schema state it, for a comparison with a file that has only
    /// words; <see langword="null"/> for a specification, which is compared in full.</summary>
    public SchemaModel? AnswerInWords { get; init; }

    /// <summary>Gets whether <see cref="Answer"/> is more than words.</summary>
    public bool KnowsAnswer { get; init; } = true;

    public required HintsModel Hints { get; init; }

    public required bool IsDeprecated { get; init; }

    public required IReadOnlyList<string> Profiles { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required int Tokens { get; init; }

    /// <summary>Gets class and method of the typed client (<c>BillsClient.List</c>), or <see langword="null"/> when the
    /// file does not say.</summary>
    public required string? TypedName { get; init; }

    /// <summary>Gets whether it is known where null may stand; a catalogue only says so in the texts of
    /// arguments.</summary>
    public required bool KnowsNull { get; init; }

    /// <summary>Gets the names of the types of the typed client by where they stand in body and answer.</summary>
    public IReadOnlyDictionary<string, string> TypeNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets earlier names that still reach the tool.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets earlier names of arguments, with the present one.</summary>
    public IReadOnlyDictionary<string, string> ArgumentAliases { get; init; } = new Dictionary<string, string>();

    public required IToolPlaces Places { get; init; }
}

/// <summary>Where the parts of a tool stand in its file.</summary>
internal interface IToolPlaces
{
    /// <summary>Gets the JSON pointer of the tool.</summary>
    string Tool { get; }

    /// <summary>Finds an argument, or the nearest place around it.</summary>
    /// <param name="path">Its name, then members, <c>[]</c> for the items of a list and <c>*</c> for unnamed
    /// members.</param>
    /// <param name="keyword">The keyword of its schema that is meant, if one is.</param>
    string Argument(IReadOnlyList<string> path, string? keyword);

    /// <summary>Finds a member of the answer in the same way.</summary>
    string Answer(IReadOnlyList<string> path, string? keyword);
}
