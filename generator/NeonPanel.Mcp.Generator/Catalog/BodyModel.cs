using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The body in the selected media type.</summary>
internal sealed record BodyModel(
    string DeclaredType,
    string ContentType,
    BodyKind Kind,
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
    ParameterStyle? Style,
    bool Explode,
    bool AllowReserved,
    bool IsFile,
    IReadOnlyList<PartHeaderModel> Headers
)
{
    /// <summary>Gets the styles of the lists inside a list, the outermost first; an empty list where they are
    /// JSON.</summary>
    public IReadOnlyList<ParameterStyle> ItemStyles { get; init; } = [];
}

/// <summary>A header of one part of a multipart body, and the argument with its value.</summary>
internal sealed record PartHeaderModel(string Name, string Argument, SchemaModel Schema, bool IsRequired);
