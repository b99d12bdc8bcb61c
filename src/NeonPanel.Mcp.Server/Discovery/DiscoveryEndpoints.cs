using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>Maps the documents that need no token. They are constant, prepared once, and use configuration
/// only.</summary>
internal static class DiscoveryEndpoints
{
    public static IEndpointRouteBuilder MapDiscovery(
        this IEndpointRouteBuilder endpoints,
        ServerOptions server,
        AuthOptions auth,
        DiscoveryOptions options,
        ToolCatalog catalog
    )
    {
        foreach (var suffix in ServerOptions.Suffixes(catalog))
        {
            // RFC 8414 §3, for clients that look for the authorization server on the resource's own host.
            if (options.AuthorizationServerMetadata is { } metadata)
            {
                Document(
                    "/.well-known/oauth-authorization-server" + suffix,
                    "application/json",
                    Encoding.UTF8.GetBytes(metadata)
                );
            }

            // RFC 9728 §3.1: the path of the resource follows the well-known segment.
            PreparedDocument.Map(
                endpoints,
                "/.well-known/oauth-protected-resource" + suffix,
                new("application/json", ProtectedResource(server, auth, options, suffix)),
                new("application/json", ProtectedResource(server, auth, options, suffix + "/"))
            );
        }

        Document("/openapi.json", "application/json", catalog.Specification.ReadJson());
        Document("/openapi.yaml", "application/yaml", catalog.Specification.ReadYaml());
        Document("/tools.json", "application/json", Tools(catalog));
        MapCards(endpoints, server, options, catalog);
        Document("/robots.txt", "text/plain", "User-agent: *\nDisallow: /\n"u8.ToArray());
        if (options.OpenAiAppsChallenge is { } challenge)
        {
            Document("/.well-known/openai-apps-challenge", "text/plain", Encoding.UTF8.GetBytes(challenge));
        }

        if (options.McpRegistryProof is { } proof)
        {
            Document("/.well-known/mcp-registry-auth", "text/plain", Encoding.UTF8.GetBytes(proof + "\n"));
        }

        return endpoints;

        void Document(string route, string contentType, byte[] bytes) =>
            PreparedDocument.Map(endpoints, route, new(contentType, bytes));
    }

    // Each address has its card below it, where clients expect it ("Hosted Server Card Location"). The other two places
    // are those of earlier drafts (SEP-1649), where directories look; they get JSON with the plain media type.
    private static void MapCards(
        IEndpointRouteBuilder endpoints,
        ServerOptions server,
        DiscoveryOptions options,
        ToolCatalog catalog
    )
    {
        var services = endpoints.ServiceProvider;
        var addresses = services.GetRequiredService<McpAddresses>().Streamable;
        var main = addresses[0].Profile;
        var info = services.GetRequiredService<ServerIdentity>().Info;
        var name = options.RegistryName ?? ServerNames.Of(server.PublicUrl, info.Name);
        var cards = new ServerCards(catalog, server, info, name);
        foreach (
            var suffix in addresses.Select(address => address.Suffix).Where(suffix => suffix != "/mcp/server-card")
        )
        {
            Document(suffix + "/server-card", ServerCards.CardType, cards.Card(suffix));
        }

        // The main address has the tools of the default profile, so the address of that profile is not listed.
        var listed = addresses
            .Where(address =>
                address.Suffix == "/mcp" || ServerNames.Profile(address.Suffix) is { } profile && profile != main
            )
            .ToList();
        var all = cards.Catalog(listed.Select(address => address.Suffix));
        Document("/.well-known/ai-catalog.json", ServerCards.CatalogType, all);
        Document("/.well-known/mcp/catalog.json", "application/json", all);
        Document("/.well-known/mcp/server-card.json", "application/json", cards.Card("/mcp"));
        Document("/llms.txt", "text/plain; charset=utf-8", LlmsText.Write(catalog, server, listed));

        void Document(string route, string contentType, byte[] bytes) =>
            PreparedDocument.Map(endpoints, route, new(contentType, bytes));
    }

    private static byte[] ProtectedResource(
        ServerOptions server,
        AuthOptions auth,
        DiscoveryOptions options,
        string suffix
    ) =>
        DocumentWriter.Json(writer =>
        {
            writer.WriteString("resource", server.PublicUrl + suffix);
            DocumentWriter.Strings(writer, "authorization_servers", [auth.Issuer]);
            if (auth.AdvertisedScopes.Count > 0)
            {
                // RFC 9728 §2: a parameter without elements must be omitted.
                DocumentWriter.Strings(writer, "scopes_supported", auth.AdvertisedScopes);
            }

            DocumentWriter.Strings(writer, "bearer_methods_supported", ["header"]);
            var (name, documentation, policy, terms) = options.Resource;
            Text("resource_name", name);
            Text("resource_documentation", documentation);
            Text("resource_policy_uri", policy);
            Text("resource_tos_uri", terms);

            void Text(string member, string? value)
            {
                if (value is not null)
                {
                    writer.WriteString(member, value);
                }
            }
        });

    private static byte[] Tools(ToolCatalog catalog) =>
        DocumentWriter.Json(writer =>
        {
            writer.WriteString("specVersion", catalog.SpecificationVersion);
            writer.WriteString("catalogHash", catalog.Hash);
            writer.WriteStartArray("tools");
            foreach (var tool in catalog.Tools)
            {
                writer.WriteStartObject();
                writer.WriteString("name", tool.Name);
                writer.WriteString("title", tool.Title);
                writer.WriteString("description", tool.Description);
                writer.WriteString("operation", tool.OperationId);
                writer.WriteString("method", tool.Method);
                writer.WriteString("path", tool.Path);
                Raw(writer, "inputSchema", tool.InputSchema);
                Raw(writer, "outputSchema", tool.OutputSchema);
                writer.WritePropertyName("annotations");
                tool.WriteAnnotations(writer);
                DocumentWriter.Strings(writer, "profiles", tool.Profiles);
                DocumentWriter.Strings(writer, "scopes", tool.Scopes);
                if (tool.ComposedOf.Count > 0)
                {
                    DocumentWriter.Strings(writer, "composedOf", tool.ComposedOf);
                }

                if (tool.Aliases.Count > 0)
                {
                    DocumentWriter.Strings(writer, "aliases", tool.Aliases);
                }

                if (tool.Brief.Count > 0)
                {
                    DocumentWriter.Strings(writer, "brief", tool.Brief);
                }

                writer.WriteNumber("tokens", tool.Tokens);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    private static void Raw(Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json);
    }
}
