using System.Text.Json;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>The static documents that a client reads before it has a token.</summary>
/// <param name="AuthorizationServerMetadata"><see langword="null"/> where neither a setting nor the overlay has
/// it.</param>
/// <param name="OpenAiAppsChallenge">Proof of the server's owner for ChatGPT, or <see langword="null"/>.</param>
internal sealed partial record DiscoveryOptions(string? AuthorizationServerMetadata, string? OpenAiAppsChallenge)
{
    private const int LongestName = 200;

    /// <summary>Gets the name of the server in directories, or <see langword="null"/> for the one made from
    /// <c>Server:PublicUrl</c>.</summary>
    public string? RegistryName { get; init; }

    /// <summary>Gets the proof of the server's owner for the MCP registry, or <see langword="null"/>.</summary>
    public string? McpRegistryProof { get; init; }

    /// <summary>Gets what the metadata of the protected resource tells people about it.</summary>
    public ResourceTexts Resource { get; init; } = new(null, null, null, null);

    public static DiscoveryOptions Read(SettingsReader settings, ServerOptions server, ToolCatalog catalog)
    {
        const string name = "Discovery:AuthorizationServerMetadata";
        var text = settings.Text(name) ?? catalog.AuthorizationServer;
        if (text is not null && !text.StartsWith('{'))
        {
            if (!File.Exists(text))
            {
                settings.Fault(name, "must be JSON text or the path of a JSON file", text);
                text = null;
            }
            else
            {
                text = File.ReadAllText(text);
            }
        }

        if (text is not null && Issuer(text) is null)
        {
            settings.Fault(name, "must be a JSON object with an 'issuer'", text.Length > 40 ? text[..40] + "…" : text);
        }

        return new(text, settings.Text("Discovery:OpenAiAppsChallenge"))
        {
            RegistryName = ReadName(settings),
            McpRegistryProof = RegistryProof.Read(settings),
            Resource = ResourceTexts.Read(settings, server, catalog),
        };
    }

    private static string? ReadName(SettingsReader settings)
    {
        const string name = "Discovery:RegistryName";
        var text = settings.Text(name);
        if (text is not null && (text.Length > LongestName || !RegistryNames().IsMatch(text)))
        {
            settings.Fault(name, "must be a name such as 'com.example/orders', of at most 200 characters", text);
        }

        return text;
    }

    // The names that the registry accepts: schema 2025-12-11, and a letter or digit at both ends of each part
    // (registry, internal/validators/validators.go).
    [GeneratedRegex("^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?/[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$")]
    private static partial Regex RegistryNames();

    /// <summary>Returns the <c>issuer</c> of a metadata document, or <see langword="null"/> if it has none.</summary>
    public static string? Issuer(string? metadata)
    {
        if (metadata is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(metadata);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("issuer", out var issuer)
                ? issuer.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
