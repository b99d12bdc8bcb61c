using Microsoft.AspNetCore.Builder;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>The options with which a <see cref="LocalServer"/> starts.</summary>
/// <param name="Port">The port of the server on localhost.</param>
/// <param name="Issuer">The address of the authorization server.</param>
/// <param name="Api">The address of the API.</param>
internal sealed record LocalServerOptions(int Port, string Issuer, string Api)
{
    /// <summary>Gets the address that the server has for its clients. The default is that of its port.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Gets further settings. They may replace the three addresses.</summary>
    public IEnumerable<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>Gets the tools. The default is NeonPanel's.</summary>
    public ToolCatalog Catalog { get; init; } = GeneratedCatalog.Create();

    /// <summary>Gets what changes the server's builder last, such as a service in place of the server's own.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}
