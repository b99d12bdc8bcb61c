using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes <c>catalog.json</c>, and the entry of each tool for lock and catalogue.</summary>
internal static class CatalogEmitter
{
    public static GeneratedFile Emit(CatalogModel catalog) =>
        new("catalog.json", JsonText.Indented(writer => Write(writer, catalog)));

    // Yields after each tool, so that the written text need not stay in memory.
    private static IEnumerable<bool> Write(Utf8JsonWriter writer, CatalogModel catalog)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tools");
        foreach (var tool in catalog.Tools)
        {
            var entry = Tool(tool);
            entry["tokens"] = tool.Tokens;
            entry[AnswerShapes.Member] = AnswerShapes.Write(tool.AnswerShape);
            // Not part of the published entry, because most clients do not see views (Mcp:Views).
            if (tool.View is { } view)
            {
                entry["view"] = view.Declaration.DeepClone();
            }

            if (tool.Echo.Arguments.Count > 0)
            {
                entry["echo"] = new JsonObject(
                    tool.Echo.Arguments.Select(echo =>
                        KeyValuePair.Create(echo.Argument, (JsonNode?)string.Join('.', echo.Path))
                    )
                );
            }

            entry.WriteTo(writer);
            yield return true;
        }

        writer.WriteEndArray();
        writer.WriteStartArray("excluded");
        foreach (var item in catalog.Excluded)
        {
            writer.WriteStartObject();
            writer.WriteString("method", item.Method);
            writer.WriteString("path", item.Path);
            writer.WriteString("reason", item.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("diagnostics");
        foreach (var item in catalog.Diagnostics)
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Id);
            writer.WriteString("severity", item.Severity == Severity.Error ? "error" : "warning");
            writer.WriteString("pointer", item.Pointer);
            writer.WriteString("message", item.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Returns a hash of 16 hexadecimal digits over everything that a client sees of the tools.</summary>
    public static string Hash(CatalogModel catalog)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var separator = "[";
        foreach (var tool in catalog.Tools)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(separator + JsonText.Compact(Tool(tool))));
            separator = ",";
        }

        hash.AppendData(Encoding.UTF8.GetBytes(catalog.Tools.Count == 0 ? "[]" : "]"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Returns the published entry of a tool.</summary>
    public static JsonObject Tool(OperationModel tool)
    {
        var entry = new JsonObject
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
            ["profiles"] = List(tool.Profiles),
            ["scopes"] = List(tool.Scopes),
        };
        if (tool.Composition is { } composition)
        {
            entry["composedOf"] = List(composition.Tools);
        }

        // Written only if present, because few tools have them.
        if (tool.Brief.Count > 0)
        {
            entry["brief"] = List(tool.Brief);
        }

        if (tool.Aliases.Count > 0)
        {
            entry["aliases"] = List(tool.Aliases);
        }

        if (tool.ArgumentAliases.Count > 0)
        {
            entry["argumentAliases"] = new JsonObject(
                tool.ArgumentAliases.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))
            );
        }

        return entry;
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
