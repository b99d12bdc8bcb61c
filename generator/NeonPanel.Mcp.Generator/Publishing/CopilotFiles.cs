using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Writes the manifests for Microsoft 365 Copilot: a plugin with the MCP server (schema 2.4), the file of its
/// tools, and a declarative agent that uses it (schema 1.7). The Agents Toolkit adds the app's own manifest and
/// icons.</summary>
internal static class CopilotFiles
{
    public const string PluginFile = "ai-plugin.json";
    public const string ToolsFile = "mcp-tools.json";

    public static JsonObject Plugin(Listing listing)
    {
        var plugin = new JsonObject
        {
            ["$schema"] = "https://developer.microsoft.com/json-schemas/copilot/plugin/v2.4/schema.json",
            ["schema_version"] = "v2.4",
            ["name_for_human"] = listing.DisplayName,
            ["namespace"] = string.Concat(listing.Slug.Where(char.IsAsciiLetterOrDigit)),
            ["description_for_human"] = listing.ShortSummary,
            ["description_for_model"] = listing.Data.Text("description") ?? listing.ShortSummary,
        };
        foreach (
            var (member, name) in ((string, string)[])[("terms", "legal_info_url"), ("privacy", "privacy_policy_url")]
        )
        {
            if (listing.Data.Text(member) is { } address)
            {
                plugin[name] = address;
            }
        }

        var names = listing.Tools.Select(tool => tool.Text("name")!).ToList();
        plugin["functions"] = new JsonArray([
            .. listing.Tools.Select(tool => new JsonObject
            {
                ["name"] = tool.Text("name"),
                ["description"] = tool.Text("description"),
            }),
        ]);
        plugin["runtimes"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "RemoteMCPServer",
                ["auth"] = new JsonObject
                {
                    ["type"] = "OAuthPluginVault",
                    // The toolkit replaces ${{…}} with values of its environment files.
                    ["reference_id"] = listing.Data.Text("oauthReference") ?? "${{MCP_OAUTH_REFERENCE_ID}}",
                },
                ["run_for_functions"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
                ["spec"] = new JsonObject
                {
                    ["url"] = listing.McpAddress,
                    ["mcp_tool_description"] = new JsonObject { ["file"] = ToolsFile },
                },
            }
        );
        return plugin;
    }

    /// <summary>Returns the tools in the form of <c>tools/list</c>.</summary>
    public static JsonObject Tools(Listing listing) =>
        new()
        {
            ["tools"] = new JsonArray([
                .. listing.Tools.Select(tool => new JsonObject(
                    ((string[])["name", "title", "description", "inputSchema", "annotations"]).Select(member =>
                        KeyValuePair.Create(member, tool.Get(member)?.DeepClone())
                    )
                )),
            ]),
        };

    public static JsonObject Agent(Listing listing)
    {
        var agent = new JsonObject
        {
            ["$schema"] = "https://developer.microsoft.com/json-schemas/copilot/declarative-agent/v1.7/schema.json",
            ["version"] = "v1.7",
            ["name"] = listing.DisplayName,
            ["description"] = listing.Data.Text("description") ?? listing.ShortSummary,
            ["instructions"] =
                $"Answer with the tools of {listing.ApiName}. Say when a list was cut, and which filter an answer used.",
            ["actions"] = new JsonArray(new JsonObject { ["id"] = "mcp", ["file"] = PluginFile }),
        };
        if (listing.Data.StarterPrompts.Count > 0)
        {
            agent["conversation_starters"] = new JsonArray([
                .. listing.Data.StarterPrompts.Select(prompt => new JsonObject { ["text"] = prompt }),
            ]);
        }

        return agent;
    }
}
