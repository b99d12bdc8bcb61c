using System.Text.Json.Nodes;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>Arguments of a tool from the examples that the specification gives for its parameters and body.</summary>
internal static class Examples
{
    public static Dictionary<string, object?> Of(JsonObject specification, ToolDescriptor tool)
    {
        var known = JsonNode.Parse(tool.InputSchema)!["properties"]!.AsObject();
        var operation = specification["paths"]![tool.Path]![tool.Method.ToLowerInvariant()]!;
        var arguments = new Dictionary<string, object?>();
        foreach (var item in operation["parameters"]?.AsArray() ?? [])
        {
            var parameter = item!["$ref"] is { } reference
                ? specification["components"]!["parameters"]![reference.ToString().Split('/')[^1]]!
                : item;
            Add(parameter["name"]!.ToString(), parameter["example"]);
        }

        foreach (
            var (name, value) in operation["requestBody"]?["content"]?["application/json"]?["example"]?.AsObject() ?? []
        )
        {
            Add(name, value);
        }

        return arguments;

        void Add(string name, JsonNode? value)
        {
            if (known.ContainsKey(name))
            {
                arguments[name] = value;
            }
        }
    }
}
