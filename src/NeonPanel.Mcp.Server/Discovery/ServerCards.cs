using System.Text.Json;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>Writes the server cards, one for each address, and the catalog that lists them. Directories and clients
/// read them before they connect (SEP-2127; experimental-ext-server-card, docs/discovery.md and schema.json of
/// 2026-07-24).</summary>
internal sealed class ServerCards(ToolCatalog catalog, ServerOptions server, Implementation info, string name)
{
    public const string CardType = "application/mcp-server-card+json";
    public const string CatalogType = "application/ai-catalog+json";

    private const int LongestTitle = 100;

    /// <summary>Writes the card of one address. A card does not list tools: clients ask the server for
    /// them.</summary>
    public byte[] Card(string suffix) => DocumentWriter.Json(writer => WriteCard(writer, suffix));

    /// <summary>Writes the catalog of the given addresses. The members <c>displayName</c> and <c>mediaType</c> are
    /// those of the AI Catalog draft of 2026-04; <c>type</c> replaced the latter in 2026-07, so both are
    /// written.</summary>
    public byte[] Catalog(IEnumerable<string> suffixes) =>
        DocumentWriter.Json(writer =>
        {
            writer.WriteString("specVersion", "1.0");
            writer.WriteStartObject("host");
            writer.WriteString("displayName", catalog.ApiName);
            writer.WriteString("documentationUrl", server.PublicUrl + "/");
            writer.WriteEndObject();
            writer.WriteStartArray("entries");
            foreach (var suffix in suffixes)
            {
                writer.WriteStartObject();
                writer.WriteString("identifier", ServerNames.Urn(server.PublicUrl, NameOf(suffix)));
                writer.WriteString("displayName", TitleOf(suffix));
                writer.WriteString("type", CardType);
                writer.WriteString("mediaType", CardType);
                writer.WriteString("url", server.PublicUrl + suffix + "/server-card");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    private void WriteCard(Utf8JsonWriter writer, string suffix)
    {
        writer.WriteString("$schema", "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json");
        writer.WriteString("name", NameOf(suffix));
        writer.WriteString("title", TitleOf(suffix));
        writer.WriteString("description", catalog.ShortSummary);
        // Name, version and icons are those that the server reports in 'initialize' and 'server/discover'.
        writer.WriteString("version", info.Version);
        writer.WriteString("websiteUrl", server.PublicUrl + "/");
        writer.WriteStartArray("icons");
        foreach (var icon in info.Icons ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("src", icon.Source);
            writer.WriteString("mimeType", icon.MimeType);
            DocumentWriter.Strings(writer, "sizes", icon.Sizes ?? []);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("remotes");
        writer.WriteStartObject();
        writer.WriteString("type", "streamable-http");
        writer.WriteString("url", server.PublicUrl + suffix);
        DocumentWriter.Strings(writer, "supportedProtocolVersions", Revisions.All);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private string NameOf(string suffix) => ServerNames.OfAddress(name, suffix);

    private string TitleOf(string suffix)
    {
        var title = info.Title ?? info.Name;
        var whole = ServerNames.Profile(suffix) is { } profile ? $"{title} ({profile})" : title;
        return whole.Length <= LongestTitle ? whole : whole[..LongestTitle];
    }
}
