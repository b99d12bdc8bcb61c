using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Converts the Security Scheme Objects of Swagger 2.0.</summary>
internal static class SwaggerSecurity
{
    public static JsonNode? Convert(JsonNode? node)
    {
        if (node is not JsonObject scheme)
        {
            return node?.DeepClone();
        }

        var result = new JsonObject();
        switch (scheme.Text("type"))
        {
            case "basic":
                SwaggerUpgrade.Copy(scheme, result, "type");
                result["type"] = "http";
                result["scheme"] = "basic";
                break;
            case "oauth2":
                string[] ofFlow = ["authorizationUrl", "tokenUrl", "scopes"];
                SwaggerUpgrade.Copy(scheme, result, ["flow", .. ofFlow]);
                var flow = new JsonObject(
                    ofFlow
                        .Where(scheme.ContainsKey)
                        .Select(name => KeyValuePair.Create(name, scheme[name]?.DeepClone()))
                );
                result["flows"] = new JsonObject { [FlowName(scheme.Text("flow"))] = flow };
                break;
            default:
                SwaggerUpgrade.Copy(scheme, result);
                break;
        }

        return result;
    }

    private static string FlowName(string? flow) =>
        flow switch
        {
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            "password" => "password",
            _ => "implicit",
        };
}
