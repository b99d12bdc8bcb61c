namespace NeonPanel.Mcp.Tools;

/// <summary>A skill: instructions for a model that combine several tools (SEP-2640, Agent Skills format). It is one
/// file.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens, at most 64.</param>
/// <param name="Description">What the skill does and when to use it; at most 1,024 characters.</param>
/// <param name="Frontmatter">The YAML at the head of the file as compact JSON text: an object.</param>
/// <param name="Text">The whole file. Its UTF-8 bytes are those that <paramref name="Digest"/> covers.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Length of the file in bytes.</param>
/// <param name="Tools">The tools that the text names, in ordinal order. A client that lacks one of them does not get
/// the skill.</param>
public sealed record ToolSkill(
    string Name,
    string Description,
    string Frontmatter,
    string Text,
    string Digest,
    int Size,
    IReadOnlyList<string> Tools
)
{
    /// <summary>Gets the things that a user may choose by name before the skill begins, such as a company.</summary>
    public IReadOnlyList<SkillArgument> Arguments { get; init; } = [];

    /// <summary>Gets the address of the file: <c>skill://NAME/SKILL.md</c>.</summary>
    public string Uri => $"skill://{Name}/SKILL.md";

    /// <summary>Gets the text below the frontmatter.</summary>
    public string Body =>
        Text[(Text.IndexOf("\n---\n", StringComparison.Ordinal) + "\n---\n".Length)..].TrimStart('\n');
}

/// <summary>A thing that a user may choose by name for a skill.</summary>
/// <param name="Name">The argument's name, such as <c>company</c>.</param>
/// <param name="Title">The word for the thing, such as <c>Company</c>.</param>
/// <param name="Source">Where its names are.</param>
public sealed record SkillArgument(string Name, string Title, NameSource Source);
