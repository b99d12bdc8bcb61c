using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes <c>catalog.json</c>, and each tool as lock and catalogue hold it.</summary>
internal static class CatalogEmitter
{
    public static GeneratedFile Emit(CatalogModel catalog) => new("catalog.json", JsonText.Indented(new JsonObject
    {
        ["tools"] = new JsonArray([.. catalog.Tools.Select(tool =>
        {
            var entry = Tool(tool);
            entry["tokens"] = tool.Tokens;
            return entry;
        })]),
        ["excluded"] = new JsonArray([.. catalog.Excluded.Select(item => new JsonObject
        {
            ["method"] = item.Method,
            ["path"] = item.Path,
            ["reason"] = item.Reason,
        })]),
        ["diagnostics"] = new JsonArray([.. catalog.Diagnostics.Select(item => new JsonObject
        {
            ["id"] = item.Id,
            ["severity"] = item.Severity == Diagnostics.Severity.Error ? "error" : "warning",
            ["pointer"] = item.Pointer,
            ["message"] = item.Message,
        })]),
    }));

    /// <summary>16 hexadecimal digits over all that a client sees of the tools.</summary>
    public static string Hash(CatalogModel catalog) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonText.Compact(new JsonArray([.. catalog.Tools.Select(Tool)])))))[..16];

    /// <summary>What is published of a tool.</summary>
    public static JsonObject Tool(OperationModel tool) => new()
    {
        ["name"] = tool.ToolName,
        ["title"] = tool.Title,
        ["description"] = tool.Description,
        ["operationId"] = tool.OperationId,
        ["method"] = tool.Method,
        ["path"] = tool.Path,
        ["inputSchema"] = tool.InputSchema.DeepClone(),
        ["outputSchema"] = tool.OutputSchema.DeepClone(),
        ["annotations"] = new JsonObject
        {
            ["title"] = tool.Title,
            ["readOnlyHint"] = tool.Hints.ReadOnly,
            ["destructiveHint"] = tool.Hints.Destructive,
            ["idempotentHint"] = tool.Hints.Idempotent,
            ["openWorldHint"] = tool.Hints.OpenWorld,
        },
        ["_meta"] = tool.Meta.DeepClone(),
        ["profiles"] = new JsonArray([.. tool.Profiles.Select(name => (JsonNode)name)]),
        ["scopes"] = new JsonArray([.. tool.Scopes.Select(name => (JsonNode)name)]),
    };
}
