using System.Collections.Frozen;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>An address that accepts MCP messages.</summary>
/// <param name="Suffix">The part of the resource identifier after <c>PublicUrl</c>. It also names the metadata document
/// of the address.</param>
/// <param name="Profile">The profile whose tools the address offers.</param>
/// <param name="Method">The only HTTP method that the address accepts.</param>
/// <param name="IsLegacySse">Whether the address belongs to the older transport, which always needs a token.</param>
internal sealed record McpAddress(string Suffix, string Profile, string Method, bool IsLegacySse = false);

/// <summary>All MCP addresses. Routing and all checks of requests use this one list, so that no address is
/// unchecked.</summary>
internal sealed class McpAddresses
{
    // Case-insensitive, as in routing.
    private readonly FrozenDictionary<string, McpAddress> known;

    public McpAddresses(ToolCatalog catalog, string defaultProfile, bool hasLegacySse)
    {
        McpAddress[] streamable =
        [
            new("", defaultProfile, HttpMethods.Post),
            new("/mcp", defaultProfile, HttpMethods.Post),
            .. catalog.Profiles.Select(profile => new McpAddress("/mcp/" + profile, profile, HttpMethods.Post)),
        ];
        Streamable = streamable;
        var addresses = new Dictionary<string, McpAddress>(StringComparer.OrdinalIgnoreCase);
        foreach (var address in streamable)
        {
            Add(address.Suffix, address);
        }

        if (hasLegacySse)
        {
            Add("/sse", new("/sse", defaultProfile, HttpMethods.Get, IsLegacySse: true));
            Add("/messages", new("/sse", defaultProfile, HttpMethods.Post, IsLegacySse: true));
        }

        // The bare origin is the same with and without a slash (RFC 9110 §4.2.3). For other addresses, some clients
        // compare texts, and expect metadata with the same slash as in the address that they were given.
        addresses["/"] = streamable[0];
        known = addresses.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(string path, McpAddress address)
        {
            addresses[path] = address;
            addresses[path + "/"] = address with { Suffix = address.Suffix + "/" };
        }
    }

    /// <summary>Gets the addresses of the Streamable HTTP transport, without a slash at the end.</summary>
    public IReadOnlyList<McpAddress> Streamable { get; }

    /// <returns>The address of a path, or <see langword="null"/> if the path does not accept MCP messages.</returns>
    public McpAddress? Find(PathString path)
    {
        var text = path.Value ?? "";
        return known.GetValueOrDefault(text.EndsWith("//", StringComparison.Ordinal) ? text.TrimEnd('/') + "/" : text);
    }
}
