using System.Text;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Rule D7: the note on the pages of an answer.</summary>
internal sealed class PagingTests
{
    [TestCase("listCompanies", 5, 4, false, "There is no page 5; the last is 4.")]
    [TestCase("listCompanies", 2, 1, false, "There is no page 2; the last is 1.")]
    [TestCase("listCompanies", 4, 4, false, "Page 4 of 4, the last.")]
    [TestCase("listCompanies", 3, 4, false, "Page 3 of 4; page=4 has the next.")]
    [TestCase(
        "listCompanies",
        3,
        4,
        true,
        "Page 3 of 4.",
        Description = "the next page would pass over what was left out"
    )]
    [TestCase("bills_create", 3, 4, false, "Page 3 of 4.", Description = "a tool that takes no page")]
    public void Note_Page_IsOneSentence(string toolName, int current, int last, bool isCut, string expected)
    {
        GeneratedCatalog.Create().TryGet(toolName, out var tool);
        Assert.That(
            Paging.Note(tool!, Outline($$"""{"current_page":{{current}},"last_page":{{last}}}"""), isCut),
            Is.EqualTo(new[] { expected })
        );
    }

    [TestCase("""{"current_page":1,"last_page":1}""")]
    [TestCase("""{"current_page":1}""")]
    [TestCase("""{"last_page":4}""")]
    [TestCase("""{"current_page":"1","last_page":4}""")]
    public void Note_AnswerOfOnePage_IsNothing(string json)
    {
        GeneratedCatalog.Create().TryGet("listCompanies", out var tool);
        Assert.That(Paging.Note(tool!, Outline(json), isCut: false), Is.Empty);
    }

    private static AnswerOutline Outline(string json) => AnswerOutline.Read(Encoding.UTF8.GetBytes(json));
}
