namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>The part of a request that holds a credential. The names are those of the tools' library.</summary>
internal enum SecurityPlace
{
    Header,
    Query,
    Cookie,

    /// <summary>The header <c>Authorization</c> with the scheme Basic (RFC 7617).</summary>
    Basic,

    /// <summary>The header <c>Authorization</c> with the scheme Bearer (RFC 6750).</summary>
    Bearer,
}
