using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Writes how to add the server to each client: commands, links and configuration files. The texts are in
/// <c>clients.json</c>.</summary>
internal static class ClientSnippets
{
    private static readonly JsonArray Clients = Load();

    /// <summary>Gets the names of the clients.</summary>
    public static IEnumerable<string> Names => Clients.Select(client => client.Text("name")!);

    /// <summary>Returns one Markdown page for all clients.</summary>
    public static string Markdown(Listing listing)
    {
        var page = new StringBuilder($"# Connect {listing.DisplayName}\n\nThe address is `{listing.McpAddress}`. ");
        page.Append("The client finds the sign-in by itself; leave fields for a client id or secret empty.\n");
        foreach (var client in Clients)
        {
            page.Append($"\n## {client.Text("name")}\n");
            foreach (var (step, number) in client.Items("steps").Select((step, at) => (step!.ToString(), at + 1)))
            {
                page.Append(number == 1 ? "\n" : "").Append($"{number}. {Fill(step, listing)}\n");
            }

            if (Command(client, listing) is { } command)
            {
                page.Append($"\n    {command}\n");
            }

            if (Link(client, listing) is { } link)
            {
                page.Append($"\n<{link}>\n");
            }

            if (Configuration(client, listing) is { } text)
            {
                page.Append($"\n{client.Text("file")}:\n\n```{client.Text("language")}\n{text}\n```\n");
            }
        }

        return page.ToString();
    }

    /// <summary>Returns the command, configuration and link of a client, without those that it lacks.</summary>
    public static IEnumerable<string> Of(string name, Listing listing)
    {
        var client = Clients.First(known => known.Text("name") == name);
        return (
            (string?[])[Command(client, listing), Configuration(client, listing), Link(client, listing)]
        ).OfType<string>();
    }

    private static string? Command(JsonNode? client, Listing listing) =>
        client.Text("command") is { } command ? Fill(command, listing) : null;

    private static string? Configuration(JsonNode? client, Listing listing) =>
        client.Text("text") is { } text ? Fill(text, listing) : null;

    // VS Code takes the JSON URL-encoded, Cursor takes it in Base64 (docs/connect.md).
    private static string? Link(JsonNode? client, Listing listing)
    {
        switch (client.Text("link"))
        {
            case "vscode":
                var named = new JsonObject
                {
                    ["name"] = listing.Slug,
                    ["type"] = "http",
                    ["url"] = listing.McpAddress,
                };
                return "vscode:mcp/install?" + Uri.EscapeDataString(named.ToJsonString());
            case "cursor":
                var inner = Encoding.UTF8.GetBytes(new JsonObject { ["url"] = listing.McpAddress }.ToJsonString());
                return $"cursor://anysphere.cursor-deeplink/mcp/install?name={listing.Slug}&config="
                    + Uri.EscapeDataString(Convert.ToBase64String(inner));
            default:
                return null;
        }
    }

    // The address has no character that JSON, TOML or YAML would escape (PublishChecks.IsPublic), and the name is cut
    // to such characters.
    private static string Fill(string text, Listing listing) =>
        text.Replace("{slug}", listing.Slug, StringComparison.Ordinal)
            .Replace("{name}", Plain(listing.DisplayName), StringComparison.Ordinal)
            .Replace("{url}", listing.McpAddress, StringComparison.Ordinal)
            .Replace("{core}", listing.CoreAddress, StringComparison.Ordinal);

    private static string Plain(string name) =>
        string.Concat(name.Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '.'))
            .Trim();

    private static JsonArray Load()
    {
        using var stream = typeof(ClientSnippets).Assembly.GetManifestResourceStream("clients.json")!;
        return (JsonArray)JsonNode.Parse(stream)!["clients"]!;
    }
}
