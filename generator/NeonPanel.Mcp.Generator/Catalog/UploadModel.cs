namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>How to send a file as bytes.</summary>
/// <param name="Argument">The argument that contains the file.</param>
/// <param name="ContentType">The media type of the request.</param>
/// <param name="NameParameter">The query parameter that accepts the file's name, or <see langword="null"/>.</param>
/// <param name="LinkArgument">The argument of the server that accepts a link in place of the file, or
/// <see langword="null"/>.</param>
internal sealed record UploadModel(string Argument, string ContentType, string? NameParameter, string? LinkArgument)
{
    /// <summary>Gets the parameters of that request.</summary>
    public IReadOnlyList<ParameterModel> Parameters { get; init; } = [];

    public BodyModel Body => new(ContentType, ContentType, BodyKind.Binary, true, Argument, new(), [], false);
}
