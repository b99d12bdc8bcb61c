using System.Text;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>What is read as JSON, and where the reader stops.</summary>
internal sealed class JsonTreeTests
{
    // A list counts twice, for its brackets.
    [TestCase(4_999_998, true)]
    [TestCase(4_999_999, false)]
    public void Document_OfManyValues_IsReadUpToFiveMillion(int values, bool isRead)
    {
        var text = new byte[2 * values + 1];
        for (var at = 1; at < text.Length; at += 2)
        {
            text[at] = (byte)'1';
            text[at + 1] = (byte)',';
        }

        (text[0], text[^1]) = ((byte)'[', (byte)']');
        if (isRead)
        {
            Assert.That(JsonTree.Parse("f", text, []), Is.Not.Null);
            return;
        }

        var fault = Assert.Throws<FaultException>(() => JsonTree.Parse("f", text, []))!.Diagnostic;
        Assert.That(
            (fault.Id, fault.File, fault.Message),
            Is.EqualTo(
                (
                    DiagnosticIds.Unreadable,
                    "f",
                    "The file holds more than 5000000 names and values; split the API into several documents."
                )
            )
        );
    }

    [TestCase(128, true)]
    [TestCase(129, false)]
    public void Document_Nesting_IsReadToItsDeepestLevel(int levels, bool isRead) =>
        Assert.That(
            () => Parse(new string('[', levels) + new string(']', levels)),
            isRead ? Throws.Nothing : Throws.TypeOf<FaultException>()
        );

    [TestCase("{\"a\":1,\"a\":2}")]
    [TestCase("{\"a\":1,\"\\u0061\":2}")]
    [TestCase("")]
    [TestCase("[1,]")]
    [TestCase("// a\n1")]
    public void Text_ThatReadersUnderstandDifferently_IsAFault(string text) =>
        Assert.That(() => Parse(text), Throws.TypeOf<FaultException>());

    [Test]
    public void Fault_Position_CountsFromOne() =>
        Assert.That(
            Assert.Throws<FaultException>(() => Parse("{\n  x"))!.Diagnostic.Message,
            Does.StartWith("The file is not valid JSON: ").And.EndsWith(" (Line 2, column 3.)")
        );

    // Escapes as RFC 8259 §7 writes them. A pair is one character, and each half alone is replaced.
    [TestCase("\"\\ud83d\\ude00\"", "\ud83d\ude00", 0)]
    [TestCase("\"\\ud83d\"", "\ufffd", 1)]
    [TestCase("\"\\ude00\\ud83d\"", "\ufffd\ufffd", 2)]
    [TestCase("\"\\ud83d\\ud83d\\ude00\"", "\ufffd\ud83d\ude00", 1)]
    [TestCase("\"\\ud83dx\\ude00\"", "\ufffdx\ufffd", 2)]
    [TestCase("\"\\\\ud83d\"", "\\ud83d", 0)]
    [TestCase("\"\\u0041\\n\\ud83d\\u0042\"", "A\n\ufffdB", 1)]
    [TestCase("\"\\ud83d\\\\ude00\"", "\ufffd\\ude00", 1)]
    public void Escape_OfHalfACharacter_IsReplacedAndTold(string text, string expected, int replaced)
    {
        List<Diagnostic> told = [];
        Assert.That(JsonTree.Parse("f", Encoding.UTF8.GetBytes(text), told)!.GetValue<string>(), Is.EqualTo(expected));
        Assert.That(
            told.Select(item => item.Message),
            replaced == 0
                ? Is.Empty
                : Is.EqualTo(
                    new[]
                    {
                        $"The file holds {replaced} escapes that are half of a character (such as \\ud800); each is read as U+FFFD.",
                    }
                )
        );
    }

    // RFC 6901 §4 and §5.
    [TestCase("", "{\"a/b\":[1,{\"~\":2}]}")]
    [TestCase("/a~1b/0", "1")]
    [TestCase("/a~1b/1/~0", "2")]
    [TestCase("/a~1b/2", null)]
    [TestCase("/a~1b/-1", null)]
    [TestCase("/a~1b/x", null)]
    [TestCase("/a~1b/0/0", null)]
    [TestCase("/none", null)]
    public void Pointer_IntoADocument_FindsItsNode(string pointer, string? expected) =>
        Assert.That(JsonPointer.Find(Parse("{\"a/b\":[1,{\"~\":2}]}")!, pointer)?.ToJsonString(), Is.EqualTo(expected));

    [TestCase("a/b~c", "/x/a~1b~0c")]
    [TestCase("~1", "/x/~01")]
    public void Pointer_Token_IsEscapedAndBack(string token, string expected)
    {
        var pointer = JsonPointer.Append("/x", token);
        Assert.That(pointer, Is.EqualTo(expected));
        Assert.That(JsonPointer.Unescape(pointer["/x/".Length..]), Is.EqualTo(token));
    }

    private static System.Text.Json.Nodes.JsonNode? Parse(string text) =>
        JsonTree.Parse("f", Encoding.UTF8.GetBytes(text), []);
}
