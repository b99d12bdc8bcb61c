using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>The paths of the document's own authorization server: those of its OAuth flows' URLs, and what lies beside
/// them where the folder is the authorization server's own. They are no tools.</summary>
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

        // Relative URLs are resolved against the server's (OpenAPI 3.1, "Relative References in URLs"). Another host's
        // authorization server cannot be among our operations.
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

        // '/users/token' does not make '/users' an authorization server; '/oauth2/token' does, and so do two addresses
        // in one.
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
