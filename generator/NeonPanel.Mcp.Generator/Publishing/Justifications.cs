using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>Says for each hint of a tool why it has its value, as ChatGPT asks. The reasons come from what the tool
/// sends, and from the overlay and the publish file where these say more.</summary>
internal static class Justifications
{
    public static JsonObject Of(Listing listing, OperationModel tool)
    {
        var own = listing.Data.Root.Members("justifications").Members(tool.ToolName);
        return new()
        {
            ["read_only_justification"] = own.Text("readOnly") ?? ReadOnly(tool),
            ["open_world_justification"] = own.Text("openWorld") ?? OpenWorld(listing, tool),
            ["destructive_justification"] = own.Text("destructive") ?? Destructive(tool),
        };
    }

    private static string ReadOnly(OperationModel tool)
    {
        if (tool.Composition is { } composition)
        {
            return $"Calls only {string.Join(", ", composition.Tools)}, which read and change nothing.";
        }

        return tool.Hints.ReadOnly
            ? $"Sends {tool.Method} {tool.Path}, which returns data and changes nothing."
            : $"Sends {tool.Method} {tool.Path}, which changes data of the signed-in user's account.";
    }

    private static string OpenWorld(Listing listing, OperationModel tool) =>
        tool.Hints.OpenWorld
            ? $"Reaches systems beyond the user's account at {listing.ApiName}."
            : $"Works only with the user's own account at {listing.ApiName}; it publishes and sends nothing to others.";

    private static string Destructive(OperationModel tool)
    {
        if (tool.Hints.ReadOnly)
        {
            return "Changes nothing, so nothing can be lost.";
        }

        return tool switch
        {
            { Hints.Destructive: true, Method: "DELETE" } => "Deletes a record of the user's account.",
            { Hints.Destructive: true, Method: "PUT" or "PATCH" } => "Overwrites fields of a record that exists.",
            { Hints.Destructive: true } => "Can overwrite or remove data of the user's account.",
            { NotDestructive: { } reason } => reason,
            _ => "Adds a record, and overwrites or deletes none.",
        };
    }
}
