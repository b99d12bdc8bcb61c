using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Settings;
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
                new("application/json", ProtectedResource(server, auth, suffix, catalog)),
                new("application/json", ProtectedResource(server, auth, suffix + "/", catalog))
            );
        }

        Document("/openapi.json", "application/json", SpecificationFile.ReadJson());
        Document("/openapi.yaml", "application/yaml", SpecificationFile.ReadYaml());
        Document("/tools.json", "application/json", Tools(catalog));
        Document("/robots.txt", "text/plain", "User-agent: *\nDisallow: /\n"u8.ToArray());
        if (options.OpenAiAppsChallenge is { } challenge)
        {
            Document("/.well-known/openai-apps-challenge", "text/plain", Encoding.UTF8.GetBytes(challenge));
        }

        return endpoints;

        void Document(string route, string contentType, byte[] bytes) =>
            PreparedDocument.Map(endpoints, route, new(contentType, bytes));
    }

    private static byte[] ProtectedResource(
        ServerOptions server,
        AuthOptions auth,
        string suffix,
        ToolCatalog catalog
    ) =>
        Json(writer =>
        {
            writer.WriteString("resource", server.PublicUrl + suffix);
            Strings(writer, "authorization_servers", [auth.Issuer]);
            if (auth.AdvertisedScopes.Count > 0)
            {
                // RFC 9728 §2: a parameter without elements must be omitted.
                Strings(writer, "scopes_supported", auth.AdvertisedScopes);
            }

            Strings(writer, "bearer_methods_supported", ["header"]);
            if (catalog.SpecificationTitle.Length > 0)
            {
                writer.WriteString("resource_name", catalog.SpecificationTitle);
            }
        });

    private static byte[] Tools(ToolCatalog catalog) =>
        Json(writer =>
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
                Strings(writer, "profiles", tool.Profiles);
                Strings(writer, "scopes", tool.Scopes);
                if (tool.ComposedOf.Count > 0)
                {
                    Strings(writer, "composedOf", tool.ComposedOf);
                }

                if (tool.Aliases.Count > 0)
                {
                    Strings(writer, "aliases", tool.Aliases);
                }

                if (tool.Brief.Count > 0)
                {
                    Strings(writer, "brief", tool.Brief);
                }

                writer.WriteNumber("tokens", tool.Tokens);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Raw(Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json);
    }

    private static void Strings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
