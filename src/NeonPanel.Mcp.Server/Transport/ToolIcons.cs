using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Icons of tools (MCP 2025-11-25, Tools, Data Types: <c>icons</c>): one for each domain, which is a profile
/// such as <c>inventory</c>. An icon has an address, as the server's icon has, so that a list stays small.</summary>
internal sealed class ToolIcons
{
    private const string Folder = "/icons/";

    // Profiles that are not domains, because they cross them.
    private static readonly string[] Crossing = ["all", "read", "core"];

    // Colors on which white has a contrast of at least 4.5.
    private static readonly string[] Colors =
    [
        "#10607a",
        "#7a3b8f",
        "#8a4b0f",
        "#2f6b2f",
        "#9a2f4f",
        "#3f4fa8",
        "#5a5a1f",
        "#6a3f2f",
    ];

    private readonly Dictionary<string, string> domains;

    public ToolIcons(ToolCatalog catalog, string publicUrl)
    {
        Domains = [.. catalog.Profiles.Except([.. Crossing, catalog.Research?.Profile ?? ""])];
        domains = Domains.ToDictionary(
            domain => domain,
            domain => publicUrl + Folder + Uri.EscapeDataString(domain) + ".svg",
            StringComparer.Ordinal
        );
    }

    /// <summary>Gets the domains in ordinal order.</summary>
    public IReadOnlyList<string> Domains { get; }

    /// <summary>Writes the member <c>icons</c> of a tool, if it has a domain.</summary>
    public void Write(Utf8JsonWriter writer, ToolDescriptor tool)
    {
        if (tool.Profiles.FirstOrDefault(domains.ContainsKey) is not { } domain)
        {
            return;
        }

        writer.WriteStartArray("icons");
        writer.WriteStartObject();
        writer.WriteString("src", domains[domain]);
        writer.WriteString("mimeType", "image/svg+xml");
        writer.WriteStartArray("sizes");
        writer.WriteStringValue("any");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        for (var at = 0; at < Domains.Count; at++)
        {
            IconEndpoint.Map(
                endpoints,
                Folder + Domains[at] + ".svg",
                Drawing(Domains[at], Colors[at % Colors.Length])
            );
        }
    }

    // The first letter of the domain on a color of its own. Domains are those of the API, so no picture fits all.
    private static byte[] Drawing(string domain, string color) =>
        Encoding.UTF8.GetBytes(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="{color}"/><text x="16" y="22.5" font-family="sans-serif" font-size="19" font-weight="700" text-anchor="middle" fill="#fff">{Letter(
                domain
            )}</text></svg>
            """
        );

    private static char Letter(string domain) =>
        char.IsAsciiLetterOrDigit(domain[0]) ? char.ToUpperInvariant(domain[0]) : '#';
}
