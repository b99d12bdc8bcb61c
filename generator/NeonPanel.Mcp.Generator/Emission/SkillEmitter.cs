using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes the skills as constants, so that the server neither reads files nor computes digests.</summary>
internal static class SkillEmitter
{
    /// <summary>Returns the member of the catalog; empty if there are no skills.</summary>
    public static string Emit(CatalogModel catalog) =>
        catalog.Skills.Count == 0
            ? ""
            : "        Skills =\n        [\n" + string.Concat(catalog.Skills.Select(Skill)) + "        ],\n";

    private static string Skill(SkillModel skill) =>
        $"            new({CSharpLiteral.Quote(skill.Name)}, {CSharpLiteral.Quote(skill.Description)}, "
        + $"{CSharpLiteral.Quote(JsonText.Compact(skill.Frontmatter))}, {CSharpLiteral.Quote(skill.Text)}, "
        + $"{CSharpLiteral.Quote(skill.Digest)}, {CSharpLiteral.Of(skill.Size)}, {CSharpLiteral.List(skill.Tools)})"
        + (
            skill.Arguments.Count == 0
                ? ""
                : " { Arguments = [" + string.Join(", ", skill.Arguments.Select(Argument)) + "] }"
        )
        + ",\n";

    private static string Argument(SkillArgument argument) =>
        $"new({CSharpLiteral.Quote(argument.Name)}, {CSharpLiteral.Quote(argument.Title)}, {LookupEmitter.Source(argument.Lookup)})";
}
