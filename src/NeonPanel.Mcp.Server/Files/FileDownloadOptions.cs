using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Limits of downloads for a tool call.</summary>
/// <param name="MaxBytes">Most bytes of all files of one call together.</param>
/// <param name="AllowedHosts">Hosts from which files may be fetched. <c>*.</c> at the beginning allows all
/// subdomains.</param>
internal sealed record FileDownloadOptions(long MaxBytes, IReadOnlyList<string> AllowedHosts)
{
    /// <summary>Largest possible setting. A file is kept as base64 in one JSON string, which is limited to 166 million
    /// bytes.</summary>
    private const long MostBytes = 100 * 1024 * 1024;

    // ChatGPT stores attached files on these hosts.
    private static readonly string[] OpenAiHosts = ["files.oaiusercontent.com", "*.oaiusercontent.com"];

    public static FileDownloadOptions Read(SettingsReader settings)
    {
        var hosts = settings.List("Files:AllowedHosts", OpenAiHosts);
        foreach (
            var host in hosts.Where(host =>
                !SettingsReader.IsHost(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host)
            )
        )
        {
            settings.Fault(
                "Files:AllowedHosts",
                "must name hosts such as 'files.example.com' or '*.example.com'",
                host
            );
        }

        return new(settings.Integer("Files:MaxBytes", 20 * 1024 * 1024, 1, MostBytes), hosts);
    }

    public bool IsAllowed(string host) =>
        AllowedHosts.Any(allowed =>
            allowed.StartsWith("*.", StringComparison.Ordinal)
                ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
                : host.Equals(allowed, StringComparison.OrdinalIgnoreCase)
        );
}
