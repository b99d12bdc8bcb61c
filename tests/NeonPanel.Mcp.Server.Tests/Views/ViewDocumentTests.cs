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

    [TestCase("table", false)]
    [TestCase("chart", true)]
    public void Document_OfAKind_HoldsItsScripts(string kind, bool draws)
    {
        var document = ToolViews.Document(Tool("t", $$"""{"kind":"{{kind}}","list":"data"}"""));
        Assert.That(document.Contains("function chartOf(", StringComparison.Ordinal), Is.EqualTo(draws));
        Assert.That(document, Does.Contain("function tableOf(").And.Contains("function connect("));
    }

    private static ToolDescriptor Tool(string title, string view)
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
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = one.Hints,
            Profiles = ["all"],
            Scopes = [],
            Meta = "{}",
            Tokens = 1,
            Arguments = one.Arguments,
            Call = one.Call,
            View = new((string)JsonNode.Parse(view)!["kind"]!, view),
        };
    }
}
