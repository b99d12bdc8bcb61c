using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reports;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reports;

/// <summary><c>report --format html</c>.</summary>
internal sealed partial class ReportPageTests
{
    [Test]
    public void Page_OfOurSpecification_TellsEveryOperation()
    {
        var pipeline = OurSpecification.Run();
        var page = CatalogReport.Write(pipeline.Catalog, "html");
        foreach (var tool in pipeline.Catalog.Tools)
        {
            Assert.That(
                page,
                Does.Contain($"<tr id=\"tool-{tool.ToolName}\">")
                    .And.Contain($"<td>{tool.Tokens}</td>")
                    .And.Contain($"<code>{WebUtility.HtmlEncode(tool.Path)}</code>")
            );
        }

        Assert.That(Regex.Count(page, "Belongs to the document&#x27;s own authorization server\\."), Is.EqualTo(8));
        Assert.That(page, Does.Contain("No two tools are described too much alike."));
    }

    [Test]
    public void Page_Any_AsksForNothingElse()
    {
        var page = CatalogReport.Write(OurSpecification.Run().Catalog, "html");
        Assert.That(
            page,
            Does.Not.Contain("<script").And.Not.Contain("url(").And.Not.Contain("@import").And.Not.Contain("src=")
        );
        Assert.That(
            Links().Matches(page).Select(match => match.Groups[1].Value),
            Is.Not.Empty.And.All.Matches<string>(link => link == "data:," || link![0] == '#')
        );
    }

    [Test]
    public void Page_HostileTexts_AreShownAsText()
    {
        var page = Page(
            """
            {"/a<script>alert(1)</script>":{"get":{"operationId":"x","summary":"<img src=x onerror=alert(1)>\u202egpj"}},
             "/../\u001b\"><b>":{"get":{"operationId":"y"}}}
            """,
            "<b>t</b>\\u202e"
        );
        Assert.That(
            page,
            Does.Not.Contain("<script")
                .And.Not.Contain("<img")
                .And.Not.Contain("<b>")
                .And.Not.Contain("\u202e")
                .And.Not.Contain("\u001b")
        );
        Assert.That(page, Does.Contain("/a&lt;script&gt;alert(1)&lt;/script&gt;").And.Contain("&lt;b&gt;t&lt;/b&gt;"));
        Assert.That(WebUtility.HtmlDecode(page), Does.Contain("/../[U+001B]\"><b>"));
    }

    [Test]
    public void Page_AlikeAndSilentTools_AreInTheirSections()
    {
        var page = Page(
            """{"/a":{"get":{"operationId":"readA","description":"Same words."}},"/b":{"get":{"operationId":"readB","description":"Same  WORDS!"}},"/c":{"get":{"operationId":"readC"}}}""",
            "t"
        );
        Assert.That(
            Section(page, "alike"),
            Does.Contain("2 tools have the same description: readA, readB").And.Not.Contain("readC")
        );
        Assert.That(Section(page, "silent"), Does.Contain("readC").And.Not.Contain("readA"));
        Assert.That(Section(page, "excluded"), Does.Contain("Every operation is a tool."));
    }

    private static string Section(string page, string id) => page.Split($"<h2 id=\"{id}\">")[1].Split("<h2")[0];

    private static string Page(string paths, string title)
    {
        var document = $$"""{"openapi":"3.1.0","info":{"title":"{{title}}","version":"1"},"paths":{{paths}}}""";
        return CatalogReport.Write(
            GenerationPipeline.Run(new("spec.json", Encoding.UTF8.GetBytes(document)), null, null).Catalog,
            "html"
        );
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();
}
