using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

internal sealed class AnswerOutlineTests
{
    [TestCase("""{"current_page":2}""", 2)]
    [TestCase("""{"current\u005fpage":2}""", 2, Description = "RFC 8259 §8.3: the same name")]
    [TestCase("""{"current_page":1,"current_page":2}""", 2)]
    [TestCase("""{"current_page":2,"current_page":"x"}""", null)]
    [TestCase("""{"data":[{"current_page":2}]}""", null)]
    [TestCase("""{"data":{"current_page":2}}""", null)]
    [TestCase("""[{"current_page":2}]""", null)]
    [TestCase("""{"current_page":2.5}""", null)]
    [TestCase("""{"current_page":3000000000}""", null)]
    [TestCase("""{"current_page":{"current_page":2}}""", null)]
    public void Number_OfTheRootOnly_IsRead(string json, int? expected) =>
        Assert.That(AnswerOutline.Read(Encoding.UTF8.GetBytes(json)).Number(Paging.CurrentPage), Is.EqualTo(expected));

    [TestCase("""{"status":null}""", true)]
    [TestCase("""{"documents":[{"status":"done"}]}""", false)]
    public void Has_MemberOfTheRoot_IsTold(string json, bool expected) =>
        Assert.That(AnswerOutline.Read(Encoding.UTF8.GetBytes(json)).Has(AnswerReader.Status), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("{\"a\":1}{")]
    [TestCase("{\"a\":1,}")]
    [TestCase("[1,2")]
    [TestCase("NaN")]
    public void Read_NoJson_IsRefused(string text) =>
        Assert.That(() => AnswerOutline.Read(Encoding.UTF8.GetBytes(text)), Throws.InstanceOf<JsonException>());
}
