namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>The names that directories know the server and its addresses by.</summary>
internal static class ServerNames
{
    /// <summary>Returns the name of the server in reverse DNS form: <c>com.example.mcp/orders</c> for the API "orders"
    /// at <c>https://mcp.example.com</c>. A proof at that host then proves the name (MCP registry, "HTTP
    /// authentication").</summary>
    public static string Of(string publicUrl, string slug)
    {
        var address = new Uri(publicUrl);
        var host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : "localhost";
        return string.Join('.', host.Split('.').Reverse()) + "/" + slug;
    }

    /// <summary>Returns the name of one address of the server: the name of the server, for a profile with the profile
    /// after a hyphen.</summary>
    public static string OfAddress(string server, string suffix) =>
        Profile(suffix) is { } profile ? server + "-" + profile : server;

    /// <summary>Returns the profile of an address such as <c>/mcp/core</c>, or <see langword="null"/>.</summary>
    public static string? Profile(string suffix) =>
        suffix.Count('/') > 1 ? suffix[(suffix.LastIndexOf('/') + 1)..] : null;

    /// <summary>Returns the identifier of an entry of an AI catalog: <c>urn:air:{publisher}:{namespace}:{name}</c>
    /// (experimental-ext-server-card, docs/discovery.md, "Server Card Entries").</summary>
    public static string Urn(string publicUrl, string name) =>
        $"urn:air:{new Uri(publicUrl).Host}:mcp:{name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]}";
}
