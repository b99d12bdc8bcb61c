namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>A Security Scheme Object (OpenAPI 3.1): the facts that the server needs to send the credential.</summary>
/// <param name="Name">Name of the scheme in the document.</param>
/// <param name="Place">Where the value goes.</param>
/// <param name="Parameter">Name of the header, query parameter or cookie; empty for the other places.</param>
internal sealed record SecurityModel(string Name, SecurityPlace Place, string Parameter);
