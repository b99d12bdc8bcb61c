using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>Short instructions for adding this server to each client. docs/connect.md has the long ones.</summary>
internal static class ClientSteps
{
    public static Html Write(string name, string slug, string address)
    {
        var quoted = JsonEncodedText.Encode(address).Value;
        var inner = $$"""{"url":"{{quoted}}"}""";
        var named = $$"""{"name":"{{slug}}","type":"http","url":"{{quoted}}"}""";
        var code = $$"""{ "servers": { "{{slug}}": { "type": "http", "url": "{{quoted}}" } } }""";
        var cursor = $$"""{ "mcpServers": { "{{slug}}": { "url": "{{quoted}}" } } }""";
        var codeLink = "vscode:mcp/install?" + Uri.EscapeDataString(named);
        var cursorLink =
            $"cursor://anysphere.cursor-deeplink/mcp/install?name={slug}&config={Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(inner)))}";
        return Html.Join([
            Client(
                "ChatGPT",
                Html.Of(
                    $"""
                    <ol><li>Plugins, plus button, <strong>Add custom MCP server</strong>. If it is missing: Settings, Security and login, <strong>Developer mode</strong>. In a workspace an administrator allows it first.</li>
                    <li>Name <em>{name}</em>, the address above, authentication <strong>OAuth</strong>. <strong>Create as a plugin</strong>, sign in.</li>
                    <li>In a chat: the plus button, then the plugin.</li></ol>
                    """
                )
            ),
            Client(
                "Claude",
                Html.Of(
                    $"""
                    <ol><li>Customize, Connectors, plus sign, <strong>Add custom connector</strong>. Name <em>{name}</em>, the address above, Add. On Team and Enterprise an owner does this once.</li>
                    <li>If it asks for the authentication, keep what it detected, and never <em>None</em>. <strong>Connect</strong>, sign in, allow.</li>
                    <li>In a chat: the tools menu, {name}.</li></ol>
                    """
                )
            ),
            Client(
                "Claude Code",
                Html.Of(
                    $"""
                    {PageLayout.Copyable(
                        $"claude mcp add --transport http {slug} {address}",
                        "Command for Claude Code"
                    )}
                    <p>Then, in a session, <code>/mcp</code>, {slug}, <strong>Authenticate</strong>.</p>
                    """
                )
            ),
            Client(
                "VS Code",
                Html.Of(
                    $"""
                    <p><a class="button" href="{codeLink}">Install in VS Code</a></p>
                    <p>Or Command Palette, <strong>MCP: Add Server</strong>, HTTP, the address. The file <code>.vscode/mcp.json</code> of a workspace:</p>
                    {PageLayout.Copyable(code, "Configuration for VS Code")}
                    """
                )
            ),
            Client(
                "Cursor",
                Html.Of(
                    $"""
                    <p><a class="button" href="{cursorLink}">Add to Cursor</a></p>
                    <p>Or in <code>~/.cursor/mcp.json</code>:</p>
                    {PageLayout.Copyable(cursor, "Configuration for Cursor")}
                    <p>Then in the list of MCP servers <strong>Connect</strong>.</p>
                    """
                )
            ),
            Client(
                "Copilot Studio",
                Html.Of(
                    $"""
                    <ol><li>The agent’s <strong>Tools</strong>, Add a tool, New tool, <strong>Model Context Protocol</strong>. Server name <em>{name}</em>, a description, the address.</li>
                    <li>Authentication <strong>OAuth 2.0</strong>, type <strong>Dynamic discovery</strong>. Create.</li>
                    <li>Create a new connection, sign in, <strong>Add to agent</strong>.</li></ol>
                    """
                )
            ),
        ]);
    }

    private static Html Client(string client, Html steps) =>
        Html.Of($"<section class=\"card\"><h3>{client}</h3>{steps}</section>");
}
