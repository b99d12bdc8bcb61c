namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The style in which a parameter or form field is written (OpenAPI <c>style</c>). The names are those of the
/// client library.</summary>
internal enum ParameterStyle
{
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,

    /// <summary>A tab character between the items (<c>collectionFormat: tsv</c> of Swagger 2.0).</summary>
    TabDelimited,
}
