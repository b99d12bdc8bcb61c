using System.Collections.Frozen;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>An address that speaks MCP.</summary>
/// <param name="Suffix">What follows <c>PublicUrl</c> in the resource identifier of the address, and names its metadata.</param>
/// <param name="Method">The one HTTP method that is served.</param>
/// <param name="IsLegacySse">Whether it belongs to the older transport, which is not used without a token.</param>
internal sealed record McpAddress(string Suffix, string Method, bool IsLegacySse = false);

/// <summary>All addresses that speak MCP. Whoever checks requests looks here, so that nothing is routed unchecked.</summary>
internal sealed class McpAddresses
{
    // As routing compares: without regard to case or to a slash at the end.
    private readonly FrozenDictionary<string, McpAddress> known;

    public McpAddresses(ToolCatalog catalog, bool hasLegacySse)
    {
        var addresses = catalog.Profiles.Select(profile => "/mcp/" + profile).Append("").Append("/mcp")
            .ToDictionary(suffix => suffix, suffix => new McpAddress(suffix, HttpMethods.Post));
        if (hasLegacySse)
        {
            addresses["/sse"] = new("/sse", HttpMethods.Get, IsLegacySse: true);
            addresses["/messages"] = new("/sse", HttpMethods.Post, IsLegacySse: true);
        }

        known = addresses.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <returns>The address of a path, or <see langword="null"/> where no MCP is spoken.</returns>
    public McpAddress? Find(PathString path) => known.GetValueOrDefault(path.Value?.TrimEnd('/') ?? "");
}
