using System.Collections.Frozen;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>An address that speaks MCP.</summary>
/// <param name="Suffix">What follows <c>PublicUrl</c> in the resource identifier of the address, and names its metadata.</param>
/// <param name="Profile">Whose tools stand there.</param>
/// <param name="Method">The one HTTP method that is served.</param>
/// <param name="IsLegacySse">Whether it belongs to the older transport, which is not used without a token.</param>
internal sealed record McpAddress(string Suffix, string Profile, string Method, bool IsLegacySse = false);

/// <summary>All addresses that speak MCP. Whoever checks requests looks here, so that nothing is routed unchecked.</summary>
internal sealed class McpAddresses
{
    // As routing compares: without regard to case or to a slash at the end.
    private readonly FrozenDictionary<string, McpAddress> known;

    public McpAddresses(ToolCatalog catalog, string defaultProfile, bool hasLegacySse)
    {
        McpAddress[] streamable =
        [
            new("", defaultProfile, HttpMethods.Post),
            new("/mcp", defaultProfile, HttpMethods.Post),
            .. catalog.Profiles.Select(profile => new McpAddress("/mcp/" + profile, profile, HttpMethods.Post)),
        ];
        var addresses = streamable.ToDictionary(address => address.Suffix);
        if (hasLegacySse)
        {
            addresses["/sse"] = new("/sse", defaultProfile, HttpMethods.Get, IsLegacySse: true);
            addresses["/messages"] = new("/sse", defaultProfile, HttpMethods.Post, IsLegacySse: true);
        }

        known = addresses.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Gets those of the Streamable HTTP transport.</summary>
    public IEnumerable<McpAddress> Streamable => known.Values.Where(address => !address.IsLegacySse);

    /// <returns>The address of a path, or <see langword="null"/> where no MCP is spoken.</returns>
    public McpAddress? Find(PathString path) => known.GetValueOrDefault(path.Value?.TrimEnd('/') ?? "");
}
