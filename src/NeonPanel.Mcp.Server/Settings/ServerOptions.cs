using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Settings;

/// <summary>The server's public address, and the requests and time limits that belong to it.</summary>
/// <param name="PublicUrl">The address that people type, without a slash at the end. Metadata and challenges use it,
/// never the address of a request.</param>
/// <param name="AllowedHosts">Accepted values of <c>Host</c>. A value without a port accepts every port.</param>
/// <param name="AllowedOrigins">Browser origins that may call the MCP addresses.</param>
/// <param name="DrainTime">How long the server keeps serving after the stop signal, so that proxies notice that it is
/// no longer ready.</param>
internal sealed record ServerOptions(
    string PublicUrl,
    IReadOnlyList<string> AllowedHosts,
    IReadOnlyList<string> AllowedOrigins,
    TimeSpan DrainTime
)
{
    private static readonly TimeSpan UsualDrainTime = TimeSpan.FromSeconds(5);

    // The whole stop takes at most 23 s (rule F1: 25 s), so at least 8 s remain for calls in progress.
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

    // A host that no header can equal would reject every request without an explanation.
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
                "must name origins such as 'https://app.example.com', with nothing after host and port",
                origin
            );
        }

        return origins;
    }

    // In Development there is no delay, because a person waits for the server to stop.
    private static TimeSpan DrainTimeOf(SettingsReader settings, bool isDevelopment)
    {
        var time = settings.Duration("Server:DrainTime", isDevelopment ? TimeSpan.Zero : UsualDrainTime);
        if (time > LongestDrainTime)
        {
            settings.Fault("Server:DrainTime", "must be at most 15s", settings.Text("Server:DrainTime"));
        }

        return time;
    }

    /// <summary>Returns whether the server accepts requests with this <c>Host</c>.</summary>
    public bool Serves(HostString host) =>
        AllowedHosts.Any(allowed =>
            string.Equals(allowed, host.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(allowed, host.Host, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Returns the suffixes of all MCP addresses: the empty suffix, <c>/mcp</c>, <c>/sse</c> and one for each
    /// profile.</summary>
    public static IEnumerable<string> Suffixes(ToolCatalog catalog) =>
        ["", "/mcp", "/sse", .. catalog.Profiles.Select(profile => "/mcp/" + profile)];
}
