using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Views;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Views;

/// <summary>The HTML of a view.</summary>
internal sealed class ViewDocumentTests
{
    [TestCase("</script><script>alert(1)</script>")]
    [TestCase("<!--<script>")]
    [TestCase("\u2028\"'`${1}")]
    public void Document_OfATitleThatIsMarkup_HoldsItAsData(string title)
    {
        var document = ToolViews.Document(Tool(title, """{"kind":"table","list":"data"}"""));
        var declaration = document.Split("id=\"declaration\">")[1].Split("</script>")[0];
        Assert.That((string?)JsonNode.Parse(declaration)!["title"], Is.EqualTo(title));
        Assert.That(document.Split("<script"), Has.Length.EqualTo(3));
        Assert.That(declaration, Does.Not.Contain("<"));
    }

    [TestCase("table", "")]
    [TestCase("chart", "function panel( function labelsOf(")]
    [TestCase("matrix", "function panel( class Sum function sectionOf(")]
    [TestCase("weeks", "function panel( class Sum function weekOf(")]
    public void Document_OfAKind_HoldsItsScriptsAlone(string kind, string expected)
    {
        var document = ToolViews.Document(Tool("t", $$"""{"kind":"{{kind}}","list":"data"}"""));
        string[] parts =
        [
            "function panel(",
            "function labelsOf(",
            "class Sum",
            "function sectionOf(",
            "function weekOf(",
        ];
        Assert.That(
            string.Join(' ', parts.Where(part => document.Contains(part, StringComparison.Ordinal))),
            Is.EqualTo(expected)
        );
        Assert.That(document, Does.Contain("function tableOf(").And.Contains("function connect("));
    }

    [TestCase("""{"properties":{"page":{},"all_pages":{}}}""", "all_pages")]
    [TestCase("""{"properties":{"page":{}}}""", null)]
    public void Document_OfATool_NamesTheArgumentForAllPages(string schema, string? expected)
    {
        var document = ToolViews.Document(Tool("t", """{"kind":"weeks","list":"data"}""", schema));
        var declaration = document.Split("id=\"declaration\">")[1].Split("</script>")[0];
        Assert.That((string?)JsonNode.Parse(declaration)!["allArgument"], Is.EqualTo(expected));
    }

    private static ToolDescriptor Tool(string title, string view, string inputSchema = "{}")
    {
        var one = GeneratedCatalog.Create().Tools[0];
        return new()
        {
            Name = "t",
            Title = title,
            Description = "",
            OperationId = null,
            Method = "GET",
            Path = "/",
            InputSchema = inputSchema,
            OutputSchema = "{}",
            Hints = one.Hints,
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 1,
            Arguments = one.Arguments,
            Call = one.Call,
            View = new(Enum.Parse<ViewKind>((string)JsonNode.Parse(view)!["kind"]!, ignoreCase: true), view),
        };
    }
}
