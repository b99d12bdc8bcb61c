using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Texts;

/// <summary>HTML in texts of the specification: clients see plain text.</summary>
internal sealed class HtmlTextTests
{
    [TestCase(
        "<p>First.</p><p>Second, see <a href=\"https://x.test/?a=1&amp;b=2\">the guide</a>.</p>",
        "First.\nSecond, see the guide."
    )]
    [TestCase("Kinds:<ul><li>One</li>\n  <li>Two &amp; three</li></ul>After", "Kinds:\n- One\n- Two & three\nAfter")]
    [TestCase("One<br>two<br/>three<BR />four", "One\ntwo\nthree\nfour")]
    [TestCase("<b>Bold</b>, <em class='x'>em</em> and <code>code</code>", "Bold, em and code")]
    [TestCase("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2")]
    [TestCase("<h2>Title</h2>\nText over\ntwo lines<!-- hidden -->", "Title\nText over two lines")]
    [TestCase("a &lt; b &#38; c &#x3e; d&nbsp;e &mdash; f &quot;g&quot;", "a < b & c > d e — f \"g\"")]
    [TestCase("A script:<script>alert(1)</script> end", "A script: end")]
    // Text that is not markup stays.
    [TestCase("Use <id> or <string> where a < b and b > c.", "Use <id> or <string> where a < b and b > c.")]
    [TestCase("See https://x.test/?a=1&copy=2 for R&D; AT&T", "See https://x.test/?a=1&copy=2 for R&D; AT&T")]
    [TestCase("Send `<b>x</b>` as HTML, <i>not</i> text.", "Send <b>x</b> as HTML, not text.")]
    [TestCase("One.\n\nTwo.", "One.\nTwo.")]
    public void Description_WithHtml_IsPlainText(string text, string expected) =>
        Assert.That(
            Fragments.Member(
                new System.Text.Json.Nodes.JsonObject { ["type"] = "string", ["description"] = text }.ToJsonString()
            )["description"]!.ToString(),
            Is.EqualTo(expected)
        );
}
