using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>The addresses the server is known under.</summary>
/// <param name="PublicUrl">What people type, without trailing slash. Metadata and challenges are built from it, never
/// from a request.</param>
/// <param name="AllowedHosts"><c>Host</c> values served; one without a port serves any port.</param>
/// <param name="AllowedOrigins">Browser origins that may call the MCP addresses.</param>
/// <param name="DrainTime">How long the server goes on after it was told to stop, so that proxies see that it is not
/// ready.</param>
internal sealed record ServerOptions(
    string PublicUrl,
    IReadOnlyList<string> AllowedHosts,
    IReadOnlyList<string> AllowedOrigins,
    TimeSpan DrainTime
)
{
    private static readonly TimeSpan UsualDrainTime = TimeSpan.FromSeconds(5);

    // With a call's usual 15 s behind it, the end is still within the 25 s of rule F1.
    private static readonly TimeSpan LongestDrainTime = TimeSpan.FromSeconds(15);

    public static ServerOptions Read(SettingsReader settings, bool isDevelopment)
    {
        var url = settings.Url("Server:PublicUrl", isDevelopment ? "http://localhost:3030" : null);
        if (url is null)
        {
            if (settings.Text("Server:PublicUrl") is null)
            {
                settings.Fault("Server:PublicUrl", "must be the absolute URL that people type", null);
            }

            url = "https://localhost";
        }

        var address = new Uri(url);
        return new(url, Hosts(settings, address), Origins(settings, address), DrainTimeOf(settings, isDevelopment));
    }

    // What no header can be equal to would refuse everybody, and nobody would be told why.
    private static IReadOnlyList<string> Hosts(SettingsReader settings, Uri address)
    {
        var hosts = settings.List("Server:AllowedHosts", [address.Host]);
        foreach (var host in hosts.Where(host => !SettingsReader.IsHost(host)))
        {
            settings.Fault(
                "Server:AllowedHosts",
                "must name hosts such as 'mcp.example.com' or 'localhost:3030'",
                host
            );
        }

        return hosts;
    }

    private static IReadOnlyList<string> Origins(SettingsReader settings, Uri address)
    {
        var origins = settings.List(
            "Server:AllowedOrigins",
            [
                "https://chatgpt.com",
                "https://chat.openai.com",
                "https://claude.ai",
                "https://claude.com",
                "https://vscode.dev",
                address.GetLeftPart(UriPartial.Authority),
            ]
        );
        foreach (var origin in origins.Where(origin => !SettingsReader.IsOrigin(origin)))
        {
            settings.Fault(
                "Server:AllowedOrigins",
                "must name origins such as 'https://app.example.com', with nothing behind the host and a port of its own",
                origin
            );
        }

        return origins;
    }

    // Who stops a server at their desk does not want to wait.
    private static TimeSpan DrainTimeOf(SettingsReader settings, bool isDevelopment)
    {
        var time = settings.Duration("Server:DrainTime", isDevelopment ? TimeSpan.Zero : UsualDrainTime);
        if (time > LongestDrainTime)
        {
            settings.Fault("Server:DrainTime", "must be at most 15s", settings.Text("Server:DrainTime"));
        }

        return time;
    }

    /// <summary>Whether requests with this <c>Host</c> are served.</summary>
    public bool Serves(HostString host) =>
        AllowedHosts.Any(allowed =>
            string.Equals(allowed, host.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(allowed, host.Host, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The suffixes under which there is an MCP address: none, <c>/mcp</c>, <c>/sse</c> and one for each
    /// profile.</summary>
    public static IEnumerable<string> Suffixes(ToolCatalog catalog) =>
        ["", "/mcp", "/sse", .. catalog.Profiles.Select(profile => "/mcp/" + profile)];
}
