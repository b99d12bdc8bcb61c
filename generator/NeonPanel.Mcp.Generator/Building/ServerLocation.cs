using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>The server of a document or of a part of it.</summary>
/// <param name="Address">The absolute address, or <see langword="null"/> if the document names none.</param>
/// <param name="Path">The path, if the document names no origin; otherwise empty.</param>
internal sealed record ServerLocation(string? Address, string Path)
{
    private static readonly ServerLocation None = new(null, "");

    /// <summary>Reads the first server of <c>servers</c>.</summary>
    public static ServerLocation Read(JsonNode? holder)
    {
        var servers = holder.Items("servers").Where(IsOverHttp).Select(Of).ToList();
        return servers.FirstOrDefault() switch
        {
            null => None,
            // A token never travels over http, so the same address over https has priority wherever it is listed.
            { Address: ['h', 't', 't', 'p', ':', .. var rest] } first => servers.Find(server =>
                server.Address == "https:" + rest
            ) ?? first,
            var first => first,
        };
    }

    // A server of another protocol, such as wss, answers no operation.
    private static bool IsOverHttp(JsonNode? server)
    {
        var url = server.Text("url") ?? "";
        var end = url.IndexOf("://", StringComparison.Ordinal);
        return end < 0
            || url[..end].Contains('{', StringComparison.Ordinal)
            || url[..end].ToUpperInvariant() is "HTTP" or "HTTPS";
    }

    private static ServerLocation Of(JsonNode? server)
    {
        // OpenAPI 3.1, "Server Variable Object": a variable is replaced by its default.
        var url = server
            .Members("variables")
            .Aggregate(server.Text("url") ?? "", (text, variable) =>
                text.Replace("{" + variable.Key + "}", ValueOf(variable.Value), StringComparison.Ordinal)
            );
        if (url.StartsWith("//", StringComparison.Ordinal))
        {
            url = "https:" + url; // RFC 3986 §4.2: an address without a scheme.
        }

        if (
            !url.Contains('{', StringComparison.Ordinal)
            && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
        )
        {
            return new(address.ToString().TrimEnd('/'), "");
        }

        // The host is unknown, because the reference is relative (OpenAPI 3.1, "Server Object") or a variable of the
        // host has no value. The path after the host still belongs to every request.
        var authority = url.IndexOf("://", StringComparison.Ordinal);
        var slash = url.IndexOf('/', authority < 0 ? 0 : authority + 3);
        var hasHost = authority >= 0 || url.StartsWith('{');
        var afterHost = slash < 0 ? "" : url[slash..];
        var path = (hasHost ? afterHost : Relative(url)).Split('?', '#')[0].TrimEnd('/');
        return
            path.Length == 0
            || path.Contains('{', StringComparison.Ordinal)
            || PathRules.ReasonAgainst(path) is not null
            ? None
            : new(null, path);
    }

    // Of http and https, https: a token never travels over http.
    private static string ValueOf(JsonNode? variable)
    {
        var value = variable.Text("default") ?? variable.Get("enum").First()?.ToString() ?? "{}";
        return value == "http" && variable.Items("enum").Any(other => other?.ToString() == "https") ? "https" : value;
    }

    // RFC 3986 §5.2.4, as if the document were at the root of its host.
    private static string Relative(string url)
    {
        while (url.StartsWith("./", StringComparison.Ordinal) || url.StartsWith("../", StringComparison.Ordinal))
        {
            url = url[(url.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }

        return url is "" or "." or ".." ? "" : "/" + url.TrimStart('/');
    }
}
