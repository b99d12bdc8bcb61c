using System.Text.Json;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>The static documents that a client reads before it has a token.</summary>
/// <param name="AuthorizationServerMetadata"><see langword="null"/> where neither a setting nor the overlay has
/// it.</param>
/// <param name="OpenAiAppsChallenge">Proof of the server's owner for ChatGPT, or <see langword="null"/>.</param>
internal sealed record DiscoveryOptions(string? AuthorizationServerMetadata, string? OpenAiAppsChallenge)
{
    public static DiscoveryOptions Read(SettingsReader settings, ToolCatalog catalog)
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

        return new(text, settings.Text("Discovery:OpenAiAppsChallenge"));
    }

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
