using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Doctor;

/// <summary>Compares the static authorization server metadata that this server publishes with the issuer's own
/// document, member by member.</summary>
internal static class MetadataComparison
{
    private const string Check = "published metadata";
    private const string Setting = "Discovery:AuthorizationServerMetadata";

    // Clients send requests to these addresses, so a difference breaks sign-in.
    private static readonly string[] Endpoints =
    [
        "authorization_endpoint",
        "token_endpoint",
        "registration_endpoint",
        "jwks_uri",
    ];

    /// <summary>Reports every difference, except in <c>issuer</c>, which the caller compares.</summary>
    public static void Report(DoctorReport report, JsonObject published, JsonObject own)
    {
        var names = published
            .Concat(own)
            .Where(member => member.Value is not null)
            .Select(member => member.Key)
            .Where(name => name != "issuer")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var differing = names.Where(name => !IsSame(published[name], own[name])).ToList();
        foreach (var name in differing)
        {
            var advice = own[name] is null
                ? $"Remove '{name}' from {Setting}, or have the issuer publish it."
                : $"The document has drifted from the issuer's own: copy '{name}' from there into {Setting}.";
            if (IsFault(name, published[name], own[name]))
            {
                report.Fault(Check, Difference(name, published[name], own[name]), advice);
            }
            else
            {
                report.Warning(Check, Difference(name, published[name], own[name]), advice);
            }
        }

        if (differing.Count == 0)
        {
            report.Good(Check, $"all {names.Count} members of {Setting} are those of the issuer");
        }
    }

    // A published feature that the issuer lacks is a fault. A feature missing from the published document is a warning,
    // because clients lose only that feature.
    private static bool IsFault(string name, JsonNode? published, JsonNode? own)
    {
        if (Endpoints.Contains(name))
        {
            return true;
        }

        return published is JsonArray promised && own is JsonArray real && Extra(promised, real).Count > 0;
    }

    private static string Difference(string name, JsonNode? published, JsonNode? own)
    {
        if (published is not JsonArray promised || own is not JsonArray real)
        {
            return $"{name} is {Shown(published)}, but the issuer says {Shown(own)}";
        }

        var extra = Extra(promised, real);
        var missing = Extra(real, promised);
        var parts = new[]
        {
            extra.Count > 0 ? "lists " + string.Join(", ", extra) + ", which the issuer does not list" : null,
            missing.Count > 0 ? "lacks " + string.Join(", ", missing) + " of the issuer's document" : null,
        };
        return $"{name} {string.Join(", and ", parts.Where(part => part is not null))}";
    }

    private static string Shown(JsonNode? value) =>
        value switch
        {
            null => "missing",
            JsonValue text when text.TryGetValue<string>(out var plain) => $"'{plain}'",
            _ => value.ToJsonString(),
        };

    // The order of a list has no meaning in metadata (RFC 8414 §2).
    private static bool IsSame(JsonNode? one, JsonNode? other) =>
        one is JsonArray first && other is JsonArray second
            ? Extra(first, second).Count == 0 && Extra(second, first).Count == 0
            : JsonNode.DeepEquals(one, other);

    private static List<string> Extra(JsonArray list, JsonArray other) =>
        [.. list.Select(Shown).Except(other.Select(Shown))];
}
