using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>The paths of the document's own authorization server: those in the URLs of its OAuth flows, and the other
/// paths in the same folder if that folder belongs to the authorization server. They do not become tools.</summary>
internal sealed partial class AuthorizationServerPaths
{
    private readonly HashSet<string> exact = new(StringComparer.Ordinal);
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);

    public static AuthorizationServerPaths Of(JsonObject root)
    {
        var paths = new AuthorizationServerPaths();
        var schemes = root.Get("components").Members("securitySchemes");
        foreach (var (_, scheme) in schemes)
        {
            foreach (var (_, flow) in scheme.Members("flows"))
            {
                foreach (var name in (string[])["authorizationUrl", "tokenUrl", "refreshUrl"])
                {
                    paths.Add(flow.Text(name), root.Get("servers").First().Text("url"));
                }
            }
        }

        return paths;
    }

    public bool Contains(string path) =>
        exact.Contains(path) || folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private void Add(string? url, string? server)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var origin))
        {
            origin = new("https://localhost");
        }

        // Relative URLs are resolved against the URL of the server (OpenAPI 3.1, "Relative References in URLs"). An
        // authorization server on another host has no operations in this document.
        if (url is null || !Uri.TryCreate(origin, url, out var address) || address.Authority != origin.Authority)
        {
            return;
        }

        var path = address.AbsolutePath;
        var basePath = origin.AbsolutePath.TrimEnd('/');
        if (basePath.Length > 0 && path.StartsWith(basePath + "/", StringComparison.Ordinal))
        {
            path = path[basePath.Length..];
        }

        // '/users/token' does not make '/users' an authorization server. '/oauth2/token' makes '/oauth2' one, and so do
        // two addresses in one folder.
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var isShared = exact.Any(other => other != path && other[..(other.LastIndexOf('/') + 1)] == folder);
        exact.Add(path);
        if (folder.Length > 1 && (isShared || OwnFolder().IsMatch(folder)))
        {
            folders.Add(folder);
        }
    }

    [GeneratedRegex(
        "(^|/)([a-z0-9_.-]*(oauth|auth|oidc|openid|sso)[a-z0-9_.-]*|connect|identity|idp|login|tokens?)/$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex OwnFolder();
}
