using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>One skill: a Markdown file with instructions for a model, by the Agent Skills format.</summary>
/// <param name="File">The file's name as given on the command line.</param>
/// <param name="Frontmatter">All members of the YAML at the head of the file.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits, over the bytes of the file (SEP-2640,
/// "Skill Entries").</param>
/// <param name="Size">Length of the file in bytes.</param>
/// <param name="Names">Everything in backticks that names something of the catalogue.</param>
internal sealed record SkillModel(
    string File,
    JsonObject Frontmatter,
    string Text,
    string Digest,
    int Size,
    IReadOnlyList<SkillMention> Names
)
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Gets the tools that the skill names, in ordinal order. Set by the check against the
    /// catalogue.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Gets the things that a user may choose before the skill begins, in the order of the file. Set by the
    /// check against the catalogue.</summary>
    public IReadOnlyList<SkillArgument> Arguments { get; init; } = [];

    /// <summary>Gets the names that can be those of tools, whether the catalogue has them or not.</summary>
    public IReadOnlySet<string> PossibleTools =>
        Names
            .Where(mention => mention.Kind is SkillMentionKind.Call or SkillMentionKind.Name)
            .Select(mention => mention.Text)
            .ToHashSet(StringComparer.Ordinal);
}

/// <summary>A thing that a user may choose for a skill by its name, such as a company.</summary>
/// <param name="Name">The name of its lookup in the overlay.</param>
/// <param name="Title">The word for it.</param>
/// <param name="Lookup">Where its names are.</param>
internal sealed record SkillArgument(string Name, string Title, LookupModel Lookup);

/// <summary>A text in backticks.</summary>
/// <param name="Text">The tool of a call, the names joined by dots and commas, the profile, or the text itself.</param>
/// <param name="Line">Line in the file; the first is 1.</param>
internal sealed record SkillMention(SkillMentionKind Kind, string Text, int Line)
{
    /// <summary>Gets the arguments of a call, each with its value or <see langword="null"/>.</summary>
    public IReadOnlyList<(string Name, string? Value)> Arguments { get; init; } = [];
}

/// <summary>The kind of a text in backticks.</summary>
internal enum SkillMentionKind
{
    /// <summary><c>tool(argument, argument="value")</c>.</summary>
    Call,

    /// <summary>One name: a tool, an argument, or a member of an answer.</summary>
    Name,

    /// <summary>Paths of members, as the argument <c>fields</c> takes them: <c>data.id,data.name</c>.</summary>
    Fields,

    /// <summary><c>/mcp/profile</c>.</summary>
    Profile,

    /// <summary>Something else, which cannot be checked.</summary>
    Unknown,
}
