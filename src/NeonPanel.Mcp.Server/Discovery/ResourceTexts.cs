using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>The members of the protected resource metadata that people read (RFC 9728 §2). Each is
/// <see langword="null"/> if it is not known, and left out then.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Documentation">The page that tells developers how to use it.</param>
/// <param name="Policy">The page about the use of data.</param>
/// <param name="Terms">The page with the terms of service.</param>
internal sealed record ResourceTexts(string? Name, string? Documentation, string? Policy, string? Terms)
{
    /// <summary>Most characters of a name.</summary>
    private const int LongestName = 200;

    public static ResourceTexts Read(SettingsReader settings, ServerOptions server, ToolCatalog catalog)
    {
        const string name = "Discovery:ResourceName";
        var text = settings.Text(name) ?? (catalog.SpecificationTitle.Length > 0 ? catalog.SpecificationTitle : null);
        if (settings.Text(name) is { } set && (set.Length > LongestName || set.Any(char.IsControl)))
        {
            settings.Fault(
                name,
                $"must be one line of at most {LongestName} characters",
                set.Length > 40 ? set[..40] + "…" : set
            );
        }

        return new(
            text,
            // The pages of this server list every tool.
            Page(
                settings,
                "Discovery:ResourceDocumentation",
                server.PublicUrl.Length > 0 ? server.PublicUrl + "/docs" : null
            ),
            Page(settings, "Discovery:ResourcePolicy", catalog.PolicyAddress),
            Page(settings, "Discovery:ResourceTerms", catalog.TermsAddress)
        );
    }

    // 'none' leaves the member out. The address of a page may have a query and a fragment.
    private static string? Page(SettingsReader settings, string name, string? otherwise)
    {
        var text = settings.Text(name) ?? otherwise;
        if (text is null || string.Equals(text, "none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback))
            && url.UserInfo.Length == 0
        )
        {
            return text;
        }

        if (settings.Text(name) is not null)
        {
            settings.Fault(name, "must be the https address of a page, or 'none'", text);
        }

        return null;
    }
}
