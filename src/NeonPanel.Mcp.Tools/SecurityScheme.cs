namespace NeonPanel.Mcp.Tools;

/// <summary>A security scheme of the specification that needs only a fixed value.</summary>
/// <param name="Name">Name of the scheme in the specification.</param>
/// <param name="Parameter">Name of the header, query parameter or cookie; empty for the other places.</param>
public sealed record SecurityScheme(string Name, SecurityPlace Place, string Parameter);

/// <summary>Where the value of a security scheme goes.</summary>
public enum SecurityPlace
{
    Header,
    Query,
    Cookie,

    /// <summary>HTTP Basic (RFC 7617): the value is <c>user:password</c>.</summary>
    Basic,

    /// <summary>A bearer token (RFC 6750).</summary>
    Bearer,
}
