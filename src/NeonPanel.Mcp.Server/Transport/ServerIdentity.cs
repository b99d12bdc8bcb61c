using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>The name and version that the server reports to clients. The name comes from the API's specification, so
/// that a server for another API does not report the name NeonPanel.</summary>
internal sealed class ServerIdentity(ToolCatalog catalog, ServerOptions server, string version)
{
    public Implementation Info { get; } =
        new()
        {
            Name = Slug(catalog.ApiName),
            Title = catalog.ApiName,
            Version = version,
            WebsiteUrl = server.PublicUrl,
            Icons =
            [
                new()
                {
                    Source = server.PublicUrl + IconEndpoint.Path,
                    MimeType = "image/svg+xml",
                    Sizes = ["any"],
                },
            ],
        };

    /// <summary>Gets <see cref="Info"/> as JSON text in the form that the SDK writes.</summary>
    public string Json =>
        field ??= JsonSerializer.Serialize(
            Info,
            (JsonTypeInfo<Implementation>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Implementation))
        );

    private static string Slug(string title) =>
        string.Concat(
                title.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-')
            )
            .Trim('-')
            is { Length: > 0 } slug
            ? slug
            : "api";
}
