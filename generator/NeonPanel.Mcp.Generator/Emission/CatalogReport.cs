using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes what became of every operation, for people and machines.</summary>
internal static class CatalogReport
{
    private const int HeaviestTools = 10;

    public static string Write(CatalogModel catalog, string format)
    {
        var text = new StringBuilder();
        switch (format)
        {
            case "json":
                return CatalogEmitter.Emit(catalog).Text;
            case "markdown":
                text.Append($"# {catalog.Title} {catalog.Version}\n\n{Summary(catalog)}\n\n| Tool | Operation | Tokens |\n| --- | --- | --- |\n");
                foreach (var tool in catalog.Tools)
                {
                    text.Append($"| {tool.ToolName} | {tool.Method} {tool.Path} | {tool.Tokens} |\n");
                }

                text.Append("\n| Excluded | Reason |\n| --- | --- |\n");
                foreach (var item in catalog.Excluded)
                {
                    text.Append($"| {item.Method} {item.Path} | {item.Reason} |\n");
                }

                return text.ToString();
            default:
                text.Append(Summary(catalog)).Append("\n\nTools\n");
                foreach (var tool in catalog.Tools)
                {
                    text.Append($"  {tool.ToolName,-45} {tool.Tokens,5}  {tool.Method} {tool.Path}\n");
                }

                text.Append("\nExcluded\n");
                foreach (var item in catalog.Excluded)
                {
                    text.Append($"  {item.Method} {item.Path}: {item.Reason}\n");
                }

                return text.Append("\nHeaviest: ").AppendJoin(", ", CatalogRules.Heaviest(catalog, HeaviestTools)).Append('\n').ToString();
        }
    }

    public static string WriteFindings(CatalogModel catalog, IReadOnlyList<Diagnostic> findings, string format) => format switch
    {
        "json" => JsonText.Indented(new JsonObject
        {
            ["tools"] = catalog.Tools.Count,
            ["excluded"] = catalog.Excluded.Count,
            ["tokens"] = catalog.Tools.Sum(tool => tool.Tokens),
            ["listTokens"] = CatalogRules.ListTokens(catalog),
            ["findings"] = new JsonArray([.. findings.Select(item => new JsonObject
            {
                ["id"] = item.Id,
                ["severity"] = item.Severity == Severity.Error ? "error" : "warning",
                ["file"] = item.File,
                ["pointer"] = item.Pointer,
                ["message"] = item.Message,
            })]),
        }),
        "markdown" => Summary(catalog) + "\n\n" + string.Concat(findings.Select(item => $"- **{item.Id}** `{item.File}#{item.Pointer}` {item.Message}\n")),
        _ => string.Concat(findings.Select(item => item + "\n")) + Summary(catalog) + "\n",
    };

    private static string Summary(CatalogModel catalog) =>
        $"{catalog.Tools.Count} tools, {catalog.Excluded.Count} operations excluded; " +
        $"{catalog.Tools.Sum(tool => tool.Tokens)} tokens (UTF-8 bytes / 4), {CatalogRules.ListTokens(catalog)} with output schemas.";
}
