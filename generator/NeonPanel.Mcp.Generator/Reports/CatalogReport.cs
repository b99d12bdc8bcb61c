using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Rules;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Reports;

/// <summary>Reports the result for every operation, for people or programs.</summary>
internal static class CatalogReport
{
    private const int HeaviestTools = 10;

    /// <summary>Writes the output of the verb <c>report</c>: every operation, sizes, and texts that make tools hard to
    /// choose or to fill in.</summary>
    public static string Write(CatalogModel catalog, string format)
    {
        var texts = TextRules.Check(catalog).ToList();
        return format switch
        {
            "json" => Json(catalog, texts, catalog.Tools, catalog.Excluded),
            "html" => ReportPage.Write(catalog, texts, HeaviestTools),
            "markdown" => Markdown(catalog, texts)
                + PartsOf(catalog)
                + "\n\n"
                + MarkdownText.Table(
                    ["Tool", "Operation", "Tokens"],
                    catalog.Tools.Select(tool =>
                        new[] { tool.ToolName, tool.Method + " " + tool.Path, Number(tool.Tokens) }
                    )
                )
                + MarkdownText.Table(
                    ["Left out", "Reason"],
                    catalog.Excluded.Select(item => new[] { item.Method + " " + item.Path, item.Reason })
                ),
            _ => Text(catalog, texts),
        };
    }

    /// <summary>Writes the output of the verb <c>check</c>: the findings, and the reasons why tools that overwrite are
    /// not destructive (rule C6).</summary>
    public static string WriteFindings(CatalogModel catalog, IReadOnlyList<Diagnostic> findings, string format) =>
        format switch
        {
            "json" => Json(catalog, findings, null, null),
            "markdown" => Markdown(catalog, findings)
                + MarkdownText.Table(
                    ["Not destructive", "Reason"],
                    Reasons(catalog).Select(tool => new[] { tool.Name, tool.Reason })
                ),
            _ => string.Concat(findings.Select(item => PlainText.Line(item.ToString()) + "\n"))
                + string.Concat(Reasons(catalog).Select(tool => $"{tool.Name} is not destructive: {tool.Reason}\n"))
                + Summary(catalog)
                + "\n",
        };

    private static IEnumerable<(string Name, string Reason)> Reasons(CatalogModel catalog) =>
        catalog
            .Tools.Where(tool => tool.NotDestructive is not null)
            .Select(tool => (PlainText.Line(tool.ToolName), tool.NotDestructive!));

    private static string Text(CatalogModel catalog, List<Diagnostic> findings)
    {
        var text = new StringBuilder(Summary(catalog))
            .Append('\n')
            .Append(PartsOf(catalog))
            .Append("\n\nTools (tokens, operation)\n");
        foreach (var tool in catalog.Tools)
        {
            text.Append(
                $"  {PlainText.Line(tool.ToolName), -45} {tool.Tokens, 5}  {PlainText.Line(tool.Method + " " + tool.Path)}\n"
            );
        }

        text.Append("\nLeft out\n");
        foreach (var item in catalog.Excluded)
        {
            text.Append($"  {PlainText.Line(item.Method + " " + item.Path)}: {PlainText.Line(item.Reason)}\n");
        }

        text.Append("\nHeaviest: ")
            .AppendJoin(", ", CatalogRules.Heaviest(catalog, HeaviestTools).Select(PlainText.Line))
            .Append("\n\nTexts\n");
        foreach (var finding in findings)
        {
            text.Append("  ").Append(PlainText.Line(finding.Message)).Append('\n');
        }

        return text.ToString();
    }

    private static string Json(
        CatalogModel catalog,
        IReadOnlyList<Diagnostic> findings,
        IReadOnlyList<OperationModel>? tools,
        IReadOnlyList<ExcludedOperation>? excluded
    )
    {
        var root = new JsonObject
        {
            ["tools"] = tools is null
                ? catalog.Tools.Count
                : new JsonArray([
                    .. tools.Select(tool => new JsonObject
                    {
                        ["name"] = tool.ToolName,
                        ["method"] = tool.Method,
                        ["path"] = tool.Path,
                        ["tokens"] = tool.Tokens,
                        ["parts"] = Parts(tool.Parts),
                    }),
                ]),
            ["excluded"] = excluded is null
                ? catalog.Excluded.Count
                : new JsonArray([
                    .. excluded.Select(item => new JsonObject
                    {
                        ["method"] = item.Method,
                        ["path"] = item.Path,
                        ["reason"] = item.Reason,
                    }),
                ]),
            ["tokens"] = catalog.Tools.Sum(tool => tool.Tokens),
            ["listTokens"] = CatalogRules.ListTokens(catalog),
            ["parts"] = Parts(CatalogRules.Parts(catalog)),
            ["tokenizer"] = TokenCounter.Name,
            ["heaviest"] = new JsonArray([
                .. CatalogRules.Heaviest(catalog, HeaviestTools).Select(tool => (JsonNode)tool),
            ]),
            ["notDestructive"] = new JsonArray([
                .. Reasons(catalog).Select(tool => new JsonObject { ["name"] = tool.Name, ["reason"] = tool.Reason }),
            ]),
            ["findings"] = new JsonArray([.. findings.Select(Finding)]),
        };
        return JsonText.Indented(root);
    }

    private static JsonObject Finding(Diagnostic item)
    {
        var finding = new JsonObject
        {
            ["id"] = item.Id,
            ["severity"] = Level(item),
            ["file"] = item.File,
            ["pointer"] = item.Pointer,
            ["message"] = item.Message,
        };
        if (item.Rule is not null)
        {
            finding["rule"] = item.Rule;
            finding["clients"] = new JsonArray([.. item.Clients.Select(client => (JsonNode)client)]);
        }

        return finding;
    }

    private static string Markdown(CatalogModel catalog, IReadOnlyList<Diagnostic> findings) =>
        $"# {MarkdownText.Escape(catalog.Title)} {MarkdownText.Escape(catalog.Version)}\n\n{Summary(catalog)}\n\n"
        + "Heaviest: "
        + string.Join(", ", CatalogRules.Heaviest(catalog, HeaviestTools).Select(PlainText.Line))
        + ".\n\n"
        + MarkdownText.Table(
            ["Level", "Id", "Rule", "Clients", "Where", "What"],
            findings
                .OrderByDescending(item => item.Severity)
                .Select(item =>
                    new[]
                    {
                        Level(item),
                        item.Id,
                        item.Rule ?? "",
                        string.Join(", ", item.Clients),
                        item.Pointer,
                        item.Message,
                    }
                )
        );

    private static string Level(Diagnostic item) => item.Severity == Severity.Error ? "error" : "warning";

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Summary(CatalogModel catalog) =>
        $"{catalog.Tools.Count} tools, {catalog.Excluded.Count} operations excluded; "
        + $"{catalog.Tools.Sum(tool => tool.Tokens)} tokens ({TokenCounter.Name}), {CatalogRules.ListTokens(catalog)} with output schemas.";

    /// <summary>Returns one sentence with the tokens of each part of the list.</summary>
    public static string PartsOf(CatalogModel catalog)
    {
        var parts = CatalogRules.Parts(catalog);
        return $"Names and descriptions cost {parts.Description} tokens, input schemas {parts.Input}, output schemas {parts.Output}, _meta {parts.Meta}.";
    }

    private static JsonObject Parts(ToolTokens parts) =>
        new()
        {
            ["descriptions"] = parts.Description,
            ["inputSchemas"] = parts.Input,
            ["outputSchemas"] = parts.Output,
            ["meta"] = parts.Meta,
        };
}
