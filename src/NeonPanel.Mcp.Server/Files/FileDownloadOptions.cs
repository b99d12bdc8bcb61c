using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Files;

/// <summary>Downloads made on behalf of a tool.</summary>
/// <param name="MaxBytes">Largest file, and all files of one call together.</param>
/// <param name="AllowedHosts">Hosts that are asked, exactly, or with <c>*.</c> in front everything below one.</param>
internal sealed record FileDownloadOptions(long MaxBytes, IReadOnlyList<string> AllowedHosts)
{
    /// <summary>A file is in memory as base64, as one JSON string, which may have no more bytes than 166
    /// million.</summary>
    private const long MostBytes = 100 * 1024 * 1024;

    // Where ChatGPT keeps the files that people attach.
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
