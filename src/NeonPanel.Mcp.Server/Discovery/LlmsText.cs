using System.Text;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>Writes <c>/llms.txt</c>: what the server is, how to connect, and where its documents are, for models that
/// read web pages (llmstxt.org: a heading, a quoted summary, text, then lists of links).</summary>
internal static class LlmsText
{
    public static byte[] Write(ToolCatalog catalog, ServerOptions server, IReadOnlyList<McpAddress> addresses)
    {
        var url = server.PublicUrl;
        var text = new StringBuilder();
        text.Append($"# {catalog.ApiName} MCP server\n\n> {catalog.ShortSummary}\n\n");
        text.Append($"Connect an MCP client to `{url}/mcp` (Streamable HTTP). ");
        text.Append("The client finds the sign-in (OAuth) by itself; there is no key to enter. ");
        text.Append($"A browser shows the steps for each client at {url}.\n\n");
        text.Append("Addresses and the number of their tools:\n\n");
        foreach (var address in addresses)
        {
            text.Append($"- `{url}{address.Suffix}`: {catalog.OfProfile(address.Profile).Count()}\n");
        }

        text.Append("\n## Documents\n\n");
        Link("Tools", "/docs", "all tools, with a page for each");
        Link("API reference", "/docs/reference", "the operations of the specification");
        Link("Changes", "/docs/changes", "what the last versions changed");
        Link("tools.json", "/tools.json", "all tools with schemas, annotations, profiles and sizes");
        Link("openapi.json", "/openapi.json", "the specification of the API, also as /openapi.yaml");
        Link("Server card", "/mcp/server-card", "name, version and address for directories");
        if (catalog.Skills.Count > 0)
        {
            text.Append("\n## Skills\n\nInstructions that the server offers as skills and prompts:\n\n");
            foreach (var skill in catalog.Skills)
            {
                text.Append($"- {skill.Name}: {OneLine(skill.Description)}\n");
            }
        }

        text.Append($"\n## Tools\n\nEach has a page, such as {url}/docs/tools/NAME.\n\n");
        foreach (var tool in catalog.Tools)
        {
            text.Append($"- {tool.Name}: {OneLine(tool.Title)}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        void Link(string name, string path, string about) => text.Append($"- [{name}]({url}{path}): {about}\n");
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
