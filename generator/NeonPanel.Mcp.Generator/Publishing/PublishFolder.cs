using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Lists the files for the directories.</summary>
internal static class PublishFolder
{
    /// <summary>Returns the files that a directory takes, with paths relative to the folder.</summary>
    public static IEnumerable<(string File, string Text)> Of(string directory, Listing listing)
    {
        switch (directory)
        {
            case "chatgpt":
                return [("chatgpt-app-submission.json", Json(ChatGptFile.Write(listing)))];
            case "claude":
                return PluginFolder
                    .Files(listing.Catalog, listing.McpAddress)
                    .Select(file => (Path.Combine("claude-plugin", file.File), file.Text));
            case "copilot":
                return
                [
                    (Path.Combine("copilot", CopilotFiles.PluginFile), Json(CopilotFiles.Plugin(listing))),
                    (Path.Combine("copilot", CopilotFiles.ToolsFile), Json(CopilotFiles.Tools(listing))),
                    (Path.Combine("copilot", "declarativeAgent.json"), Json(CopilotFiles.Agent(listing))),
                ];
            default:
                (string, string)[] proof = RegistryFiles.Proof(listing) is { } record
                    ? [(Path.Combine(".well-known", "mcp-registry-auth"), record)]
                    : [];
                return [("server.json", Json(RegistryFiles.ServerJson(listing))), .. proof];
        }
    }

    /// <summary>Returns the files that no directory judges: the card, the catalog, and the page of snippets.</summary>
    public static IEnumerable<(string File, string Text)> Common(Listing listing) =>
        [
            ("server-card.json", Json(RegistryFiles.Card(listing))),
            (Path.Combine(".well-known", "ai-catalog.json"), Json(RegistryFiles.Catalog(listing))),
            ("clients.md", ClientSnippets.Markdown(listing)),
        ];

    private static string Json(JsonObject document) => JsonText.Indented(document);
}
