namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>How arguments become the bytes of a body. The names are those of the client library.</summary>
internal enum BodyKind
{
    Json,
    Form,
    Multipart,
    Text,
    Binary,
}
