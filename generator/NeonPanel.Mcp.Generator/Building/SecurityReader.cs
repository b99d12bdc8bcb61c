using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the security schemes of a document and the security requirements of its operations.</summary>
internal static class SecurityReader
{
    /// <summary>Reads the schemes of a document that one fixed value satisfies, in ordinal order of their names, as the
    /// schemes of a document have no order (rule E2).</summary>
    public static IReadOnlyList<SecurityModel> Schemes(JsonObject root) =>
        [
            .. root.Get("components")
                .Members("securitySchemes")
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => Read(pair.Key, pair.Value))
                .OfType<SecurityModel>(),
        ];

    /// <summary>Reads the security requirements of an operation: alternatives, each with the names of the schemes that
    /// it needs together.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Requirements(JsonObject root, JsonObject operation)
    {
        // An empty list of the operation cancels the requirements of the document.
        var requirements = operation["security"] as JsonArray ?? root["security"] as JsonArray;
        return
        [
            .. (requirements ?? [])
                .OfType<JsonObject>()
                .Select(alternative => alternative.Select(scheme => scheme.Key).Order(StringComparer.Ordinal).ToList()),
        ];
    }

    private static SecurityModel? Read(string name, JsonNode? scheme)
    {
        var parameter = scheme.Text("name") ?? "";
        return (scheme.Text("type"), scheme.Text("in"), scheme.Text("scheme")?.ToUpperInvariant()) switch
        {
            ("apiKey", "header", _) => new(name, SecurityPlace.Header, parameter),
            ("apiKey", "query", _) => new(name, SecurityPlace.Query, parameter),
            ("apiKey", "cookie", _) => new(name, SecurityPlace.Cookie, parameter),
            ("http", _, "BASIC") => new(name, SecurityPlace.Basic, ""),
            ("http", _, "BEARER") or ("oauth2" or "openIdConnect", _, _) => new(name, SecurityPlace.Bearer, ""),
            // Certificates and signatures are not fixed values.
            _ => null,
        };
    }
}
