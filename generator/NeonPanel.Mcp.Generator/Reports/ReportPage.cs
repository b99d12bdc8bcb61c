using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Rules;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Generator.Reports;

/// <summary>Writes the report as one HTML page without external resources: no scripts, fonts or pictures.</summary>
internal static class ReportPage
{
    /// <param name="texts">Findings about texts that make tools hard to choose or to fill in.</param>
    /// <param name="heaviest">How many of the largest tools to show.</param>
    public static string Write(CatalogModel catalog, IReadOnlyList<Diagnostic> texts, int heaviest)
    {
        var (alike, silent) = (
            texts.Where(item => item.Id == DiagnosticIds.Alike).ToList(),
            texts.Where(item => item.Id != DiagnosticIds.Alike).ToList()
        );
        return Html.Of(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Name(catalog)}: tools</title>
            <link rel="icon" href="data:,">
            <style>{new Html(ReportStyle.Text)}</style>
            </head>
            <body>
            <main>
            <h1>{Name(catalog)}</h1>
            <p class="lead">What became of every operation: a tool, or the reason why not.</p>
            <dl class="facts">
            {Fact("Tools", catalog.Tools.Count)}
            {Fact("Left out", catalog.Excluded.Count)}
            {Fact("Tokens", catalog.Tools.Sum(tool => tool.Tokens))}
            {Fact("Tokens with output schemas", CatalogRules.ListTokens(catalog))}
            </dl>
            <p>{CatalogReport.PartsOf(catalog)}</p>
            <p class="soft">Tokens are those of {TokenCounter.Name}. So many tools should stay within {CatalogRules.Budget(
                catalog.Tools.Count
            )}, one tool within {CatalogRules.MaxToolTokens}: a full bar.</p>
            <nav aria-label="Sections"><a href="#heaviest">Heaviest tools</a> <a href="#alike">Similar descriptions</a> <a href="#silent">Missing texts</a> <a href="#excluded">Left out</a> <a href="#tools">All tools</a></nav>
            <h2 id="heaviest">Heaviest tools</h2>
            {Heaviest([.. CatalogRules.ByWeight(catalog).Take(heaviest)])}
            <h2 id="alike">Similar descriptions</h2>
            {Findings(alike, "No two tools are described too much alike.")}
            <h2 id="silent">Missing texts</h2>
            {Findings(silent, "Every tool and every argument is described.")}
            <h2 id="excluded">Left out</h2>
            {Excluded(catalog.Excluded)}
            <h2 id="tools">All tools</h2>
            {Tools(catalog.Tools)}
            </main>
            </body>
            </html>

            """
        ).Markup;
    }

    private static string Name(CatalogModel catalog) => catalog.Title + " " + catalog.Version;

    private static Html Fact(string name, int value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static Html Heaviest(List<OperationModel> tools) =>
        tools.Count == 0
            ? Nothing("There is no tool.")
            : Html.Of(
                $"""
        <table class="bars"><thead><tr><th scope="col">Tool</th><th scope="col">Tokens</th></tr></thead><tbody>
        {Html.Join(tools.Select(tool => Html.Of($"""
            <tr><th scope="row"><a href="#tool-{tool.ToolName}">{tool.ToolName}</a><span class="bar{new Html(tool.Tokens > CatalogRules.MaxToolTokens ? " over" : "")}" style="width:{tool.Tokens * 100 / Math.Max(CatalogRules.MaxToolTokens, tools[0].Tokens)}%"></span></th><td>{tool.Tokens}</td></tr>

            """)))}</tbody></table>
        """
            );

    private static Html Findings(List<Diagnostic> findings, string none) =>
        findings.Count == 0
            ? Nothing(none)
            : Html.Of(
                $"""
        <ul>
        {Html.Join(findings.Select(item => Html.Of($"""
            <li>{item.Message}</li>

            """)))}</ul>
        """
            );

    private static Html Excluded(IReadOnlyList<ExcludedOperation> excluded) =>
        excluded.Count == 0
            ? Nothing("Every operation is a tool.")
            : Html.Of(
                $"""
        <table><thead><tr><th scope="col">Operation</th><th scope="col">Reason</th></tr></thead><tbody>
        {Html.Join(excluded.Select(item => Html.Of($"""
            <tr><th scope="row">{Operation(item.Method, item.Path)}</th><td>{item.Reason}</td></tr>

            """)))}</tbody></table>
        """
            );

    private static Html Tools(IReadOnlyList<OperationModel> tools) =>
        tools.Count == 0
            ? Nothing("There is no tool.")
            : Html.Of(
                $"""
        <table><thead><tr><th scope="col">Tool and operation</th><th scope="col">What it is for</th><th scope="col">Tokens</th></tr></thead><tbody>
        {Html.Join(tools.Select(tool => Html.Of($"""
            <tr id="tool-{tool.ToolName}"><th scope="row"><strong>{tool.ToolName}</strong><br>{Operation(tool.Method, tool.Path)}</th><td>{tool.Title}<br><span class="soft">{string.Join(", ", tool.Profiles)}</span></td><td>{tool.Tokens}</td></tr>

            """)))}</tbody></table>
        """
            );

    private static Html Operation(string method, string path) =>
        Html.Of($"""<span class="method">{method}</span> <code>{path}</code>""");

    private static Html Nothing(string text) => Html.Of($"<p>{text}</p>");
}
