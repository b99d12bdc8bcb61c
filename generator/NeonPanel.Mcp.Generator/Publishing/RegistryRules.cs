using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>The demands of the MCP registry on <c>server.json</c>: its schema of 2025-12-11, and the checks that it
/// makes beyond the schema.</summary>
internal static partial class RegistryRules
{
    private const string Schema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";
    private const string Checks = "https://github.com/modelcontextprotocol/registry, internal/validators/validators.go";
    private const string Proof =
        "https://github.com/modelcontextprotocol/registry, docs/modelcontextprotocol-io/authentication.mdx";

    private const int Name = 200;
    private const int Line = 100;
    private const int Version = 255;
    private const int Icon = 255;

    private static readonly string[] IconTypes =
    [
        "image/png",
        "image/jpeg",
        "image/jpg",
        "image/svg+xml",
        "image/webp",
    ];

    public static IReadOnlyList<DirectoryRule> All { get; } =
    [
        new(
            "address",
            Severity.Error,
            "a public address of the server; localhost is refused",
            Checks,
            PublishChecks.Address
        ),
        new("name", Severity.Error, "a name such as com.example/orders, of at most 200 characters", Checks, Names),
        new(
            "namespace",
            Severity.Warning,
            "a name that begins with the domain that is proved. The proof that this server serves proves its own host",
            Proof,
            Namespace
        ),
        new("description", Severity.Error, "at most 100 characters", Schema, listing =>
            PublishChecks.Length("info.summary", listing.Summary, Line)
        ),
        new("title", Severity.Error, "at most 100 characters", Schema, listing =>
            PublishChecks.Length("displayName", listing.DisplayName, Line)
        ),
        new(
            "version",
            Severity.Error,
            "one version of at most 255 characters: no range, not 'latest'",
            Checks,
            Versions
        ),
        new("website", Severity.Error, "an https address", Checks, Website),
        new(
            "icons",
            Severity.Error,
            "https addresses of at most 255 characters, a known media type, sizes such as 48x48 or any",
            Checks,
            Icons
        ),
        new("key", Severity.Error, "the public key of 32 bytes in Base64, for Ed25519", Proof, Key),
    ];

    private static IEnumerable<Violation> Names(Listing listing) =>
        listing.Name.Length <= Name && LegalName().IsMatch(listing.Name)
            ? []
            : [Violation.Of("name", $"the name is '{listing.Name}'")];

    private static IEnumerable<Violation> Namespace(Listing listing)
    {
        if (!Uri.TryCreate(listing.Address, UriKind.Absolute, out var address))
        {
            yield break;
        }

        var proved = string.Join('.', address.Host.Split('.').Reverse());
        var given = listing.Name.Split('/')[0];
        if (!string.Equals(given, proved, StringComparison.OrdinalIgnoreCase))
        {
            yield return Violation.Of(
                "name",
                $"the name begins with '{given}', and the server's host proves '{proved}'"
            );
        }
    }

    private static IEnumerable<Violation> Versions(Listing listing) =>
        listing.Version is { Length: > 0 and <= Version } version && version != "latest" && !Range().IsMatch(version)
            ? []
            : [Violation.Of("", $"the version is '{listing.Version}'")];

    private static IEnumerable<Violation> Website(Listing listing) =>
        listing.Data.Text("website") is { } website && !PublishChecks.IsPublic(website)
            ? [Violation.Of("website", $"'website' is '{website}'")]
            : [];

    private static IEnumerable<Violation> Icons(Listing listing)
    {
        // The icon of the server itself is at its address, which another rule checks.
        var icons = listing.Data.Root.Items("icons");
        for (var at = 0; at < icons.Count; at++)
        {
            var icon = icons[at];
            if (!PublishChecks.IsPublic(icon.Text("src"), Icon))
            {
                yield return Violation.Of($"icons/{at}/src", $"icon {at + 1} is at '{icon.Text("src")}'");
            }

            if (icon.Text("mimeType") is { } type && !IconTypes.Contains(type))
            {
                yield return Violation.Of($"icons/{at}/mimeType", $"icon {at + 1} has the type '{type}'");
            }

            foreach (var size in icon.Items("sizes").Where(size => !Size().IsMatch(size?.ToString() ?? "")))
            {
                yield return Violation.Of($"icons/{at}/sizes", $"icon {at + 1} has the size '{size}'");
            }
        }
    }

    private static IEnumerable<Violation> Key(Listing listing)
    {
        const int ed25519 = 32;
        if (listing.Data.Text("registryKey") is not { } key)
        {
            yield break;
        }

        // The value may be a private key by mistake, so no finding shows it.
        if (!Convert.TryFromBase64String(key, new byte[key.Length], out var count) || count != ed25519)
        {
            yield return Violation.Of("registryKey", $"'registryKey' is a text of {key.Length} characters");
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?/[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$")]
    private static partial Regex LegalName();

    [GeneratedRegex(@"^\s*[~^<>=]|\|\||\s-\s|(^|\.)[xX*](\.|$)")]
    private static partial Regex Range();

    [GeneratedRegex(@"^(\d+x\d+|any)$")]
    private static partial Regex Size();
}
