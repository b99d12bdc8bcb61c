using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>Reads the values of security schemes: <c>Upstream:Keys:{scheme}</c>, or <c>Upstream:KeyFiles:{scheme}</c>
/// with the path of a file that contains the value. Fault messages never contain a value.</summary>
internal static class StaticKeys
{
    private const string Values = "Upstream:Keys";
    private const string Files = "Upstream:KeyFiles";

    /// <returns>Values by scheme name.</returns>
    public static IReadOnlyDictionary<string, string> Read(SettingsReader settings, ToolCatalog catalog)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in settings.Members(Values))
        {
            Add(settings, catalog, keys, $"{Values}:{name}", name, value);
        }

        foreach (var (name, path) in settings.Members(Files))
        {
            if (File.Exists(path))
            {
                Add(settings, catalog, keys, $"{Files}:{name}", name, File.ReadAllText(path).Trim());
            }
            else
            {
                settings.Fault($"{Files}:{name}", "must be the path of a file that holds the value", path);
            }
        }

        if (
            settings.Faults.Count == 0
            && catalog.Tools.All(tool => StaticCredential.Choose(tool.Security, keys.Keys) is not { Count: > 0 })
        )
        {
            settings.Faults.Add(
                $"{Values} or {Files} must hold the values of security schemes that an operation requires. "
                    + Needed(catalog)
            );
        }

        return keys;
    }

    private static void Add(
        SettingsReader settings,
        ToolCatalog catalog,
        Dictionary<string, string> keys,
        string setting,
        string name,
        string value
    )
    {
        if (catalog.SecuritySchemes.FirstOrDefault(scheme => Plain(scheme.Name) == Plain(name)) is not { } scheme)
        {
            settings.Fault(
                setting,
                "must be named after a security scheme of the specification. " + Needed(catalog) + " The name",
                name
            );
        }
        else if (value.Length == 0 || value.Any(char.IsControl))
        {
            settings.Faults.Add($"{setting} must be one line of text, but is empty or holds control characters.");
        }
        else if (scheme.Place == SecurityPlace.Basic && !value.Contains(':', StringComparison.Ordinal))
        {
            settings.Faults.Add(
                $"{setting} must be of the form 'user:password', as '{scheme.Name}' is HTTP Basic (RFC 7617), but holds no colon."
            );
        }
        else if (!keys.TryAdd(scheme.Name, value))
        {
            settings.Faults.Add($"{setting} must be set once, in {Values} or in {Files}, but is set twice.");
        }
    }

    private static string Needed(ToolCatalog catalog) =>
        catalog.SecuritySchemes.Count == 0
            ? "It has no scheme with a fixed value: add one in the overlay (components.securitySchemes and security)."
            : $"It has {string.Join(", ", catalog.SecuritySchemes.Select(scheme => $"'{scheme.Name}'"))}.";

    // Environment variables allow fewer characters than scheme names.
    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant));
}
