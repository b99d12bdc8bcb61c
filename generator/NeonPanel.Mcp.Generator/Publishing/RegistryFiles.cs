using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Writes the files of the MCP registry, and those that the running server also serves: its card and the
/// catalog with the card (SEP-2127; experimental-ext-server-card, docs/discovery.md of 2026-07-24).</summary>
internal static class RegistryFiles
{
    private const string CardType = "application/mcp-server-card+json";

    private static readonly string[] Revisions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

    /// <summary>Returns <c>server.json</c> (registry, schema of 2025-12-11).</summary>
    public static JsonObject ServerJson(Listing listing)
    {
        var server = new JsonObject
        {
            ["$schema"] = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
            ["name"] = listing.Name,
            ["title"] = listing.DisplayName,
            ["description"] = listing.ShortSummary,
            ["version"] = listing.Version,
        };
        if (listing.Data.Text("website") is { } website)
        {
            server["websiteUrl"] = website;
        }

        server["icons"] = listing.Icons;
        server["remotes"] = new JsonArray(
            new JsonObject { ["type"] = "streamable-http", ["url"] = listing.McpAddress }
        );
        return server;
    }

    /// <summary>Returns the card of the server's main address, as the server serves it.</summary>
    public static JsonObject Card(Listing listing) =>
        new()
        {
            ["$schema"] = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json",
            ["name"] = listing.Name,
            ["title"] = listing.ApiName,
            ["description"] = listing.ShortSummary,
            ["version"] = listing.FullVersion,
            ["websiteUrl"] = listing.Address + "/",
            ["icons"] = listing.Icons,
            ["remotes"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "streamable-http",
                    ["url"] = listing.McpAddress,
                    ["supportedProtocolVersions"] = new JsonArray([
                        .. Revisions.Select(revision => (JsonNode)revision),
                    ]),
                }
            ),
        };

    /// <summary>Returns a catalog with the server, for the website of the publisher.</summary>
    public static JsonObject Catalog(Listing listing) =>
        new()
        {
            ["specVersion"] = "1.0",
            ["host"] = new JsonObject
            {
                ["displayName"] = listing.ApiName,
                ["documentationUrl"] = listing.Data.Text("documentation") ?? listing.Address + "/",
            },
            ["entries"] = new JsonArray(
                new JsonObject
                {
                    ["identifier"] =
                        $"urn:air:{new Uri(listing.Address).Host}:mcp:{listing.Name[(listing.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
                    ["displayName"] = listing.ApiName,
                    ["type"] = CardType,
                    ["mediaType"] = CardType,
                    ["url"] = listing.McpAddress + "/server-card",
                }
            ),
        };

    /// <summary>Returns the record that proves the owner of a host, or <see langword="null"/> without a key (registry,
    /// docs/modelcontextprotocol-io/authentication.mdx, "HTTP Authentication").</summary>
    public static string? Proof(Listing listing) =>
        listing.Data.Text("registryKey") is { } key ? $"v=MCPv1; k=ed25519; p={key}\n" : null;
}
