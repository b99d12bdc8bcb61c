using System.Collections.Frozen;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>An address that speaks MCP.</summary>
/// <param name="Suffix">What follows <c>PublicUrl</c> in the resource identifier of the address, and names its
/// metadata.</param>
/// <param name="Profile">Whose tools stand there.</param>
/// <param name="Method">The one HTTP method that is served.</param>
/// <param name="IsLegacySse">Whether it belongs to the older transport, which is not used without a token.</param>
internal sealed record McpAddress(string Suffix, string Profile, string Method, bool IsLegacySse = false);

/// <summary>All addresses that speak MCP. Whoever checks requests looks here, so that nothing is routed
/// unchecked.</summary>
internal sealed class McpAddresses
{
    // As routing compares: without regard to case.
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

        // A request for the bare origin is the same with and without a slash (RFC 9110 §4.2.3). For all others, clients
        // that compare texts expect metadata with the slash that they were given.
        addresses["/"] = streamable[0];
        known = addresses.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(string path, McpAddress address)
        {
            addresses[path] = address;
            addresses[path + "/"] = address with { Suffix = address.Suffix + "/" };
        }
    }

    /// <summary>Gets those of the Streamable HTTP transport, without a slash at the end.</summary>
    public IReadOnlyList<McpAddress> Streamable { get; }

    /// <returns>The address of a path, or <see langword="null"/> for a path that does not speak MCP.</returns>
    public McpAddress? Find(PathString path)
    {
        var text = path.Value ?? "";
        return known.GetValueOrDefault(text.EndsWith("//", StringComparison.Ordinal) ? text.TrimEnd('/') + "/" : text);
    }
}
