using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>One parameter.</summary>
internal sealed record ParameterModel(
    string Name,
    ParameterLocation Location,
    string Argument,
    ParameterStyle Style,
    bool Explode,
    bool IsRequired,
    bool AllowReserved,
    string? ContentType,
    SchemaModel Schema
)
{
    /// <summary>Gets the styles of the lists inside a list, the outermost first; an empty list where they are
    /// JSON.</summary>
    public IReadOnlyList<ParameterStyle> ItemStyles { get; init; } = [];
}
