using System.Text.Json;
using NeonPanel.Mcp.SafeText;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The page with every operation of the specification, including operations that are not tools.</summary>
internal static class ReferencePage
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

    public static Html Write(ToolCatalog catalog)
    {
        using var document = JsonDocument.Parse(catalog.Specification.ReadJson(), new() { MaxDepth = 512 });
        var tools = catalog.Tools.ToLookup(tool => (tool.Method, tool.Path), tool => tool.Name);
        var operations = SpecificationExamples.Member(document.RootElement, "paths")
            is { ValueKind: JsonValueKind.Object } paths
            ? paths
                .EnumerateObject()
                .SelectMany(path =>
                    Methods.Select(method =>
                        (
                            Path: path.Name,
                            Method: method.ToUpperInvariant(),
                            Operation: SpecificationExamples.Member(path.Value, method)
                        )
                    )
                )
                .Where(entry => entry.Operation is { ValueKind: JsonValueKind.Object })
                .ToList()
            : [];
        return PageLayout.Write(
            $"{catalog.ApiName} API reference",
            catalog.ApiName,
            Html.Of(
                $"""
            <h1>API reference</h1>
            <p class="lead">The operations of {catalog.SpecificationTitle}, version {catalog.SpecificationVersion}. The whole description is <a href="/openapi.json">openapi.json</a>.</p>
            {Html.Join(operations.GroupBy(entry => Tag(entry.Operation)).Select(group => Html.Of($"""
            <section><h2>{group.Key}</h2><div class="wide" tabindex="0" role="region" aria-label="{group.Key}"><table><thead><tr><th scope="col">Request</th><th scope="col">What it does</th><th scope="col">Answers</th><th scope="col">Tool</th></tr></thead><tbody>
            {Html.Join(group.Select(entry => Row(entry.Method, entry.Path, entry.Operation, tools[(entry.Method, entry.Path)])))}</tbody></table></div></section>

            """)))}
            """
            )
        );
    }

    private static Html Row(string method, string path, JsonElement? operation, IEnumerable<string> tools) =>
        Html.Of(
            $"<tr><th scope=\"row\"><code>{method} {path}</code></th><td>{SpecificationExamples.Member(operation, "summary")?.ToString()}</td><td>{Answers(operation)}</td><td>{Html.Join(tools.Select(tool => Html.Of($"<a href=\"{PageLinks.Of(tool)}\">{tool}</a> ")))}</td></tr>\n"
        );

    private static string Answers(JsonElement? operation) =>
        SpecificationExamples.Member(operation, "responses") is { ValueKind: JsonValueKind.Object } responses
            ? string.Join(", ", responses.EnumerateObject().Select(response => response.Name))
            : "";

    private static string Tag(JsonElement? operation) =>
        SpecificationExamples.Member(operation, "tags") is { ValueKind: JsonValueKind.Array } tags
        && tags.GetArrayLength() > 0
            ? tags[0].ToString()
            : "Other";
}
