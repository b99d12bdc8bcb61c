namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The part of the request that holds a parameter (OpenAPI <c>in</c>). The names are those of the client
/// library; the order is that in which arguments are named.</summary>
internal enum ParameterLocation
{
    Path,
    Query,
    Header,
    Cookie,
}
