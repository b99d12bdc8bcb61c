using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The parts of a list or object are found without reading what the caller does not ask for.</summary>
internal sealed class AnswerPartsTests
{
    // Behind the beginning of the value there is no JSON, so that whoever searches for its end fails.
    [Test]
    public void MoveNext_ValueThatNobodyAsksFor_IsNotRead()
    {
        var json = Encoding.UTF8.GetBytes("{\"a\":[[\"without an end");
        var root = new AnswerParts(json, 0);
        Assert.That(root.MoveNext(), Is.True);
        var list = new AnswerParts(json, root.Start);
        Assert.That(list.MoveNext(), Is.True);
        Assert.That(list.Start, Is.EqualTo(6));
        var isRead = false;
        try
        {
            isRead = list.Value.Length > 0;
        }
        catch (JsonException)
        {
            Assert.That(isRead, Is.False);
            return;
        }

        Assert.Fail("the end of a value that has none was found");
    }

    [Test]
    public void Leave_EndOfAValue_IsWhereTheNextPartIsSearchedFor()
    {
        var json = "[ [\"no end ,2 , 3 ] "u8;
        var parts = new AnswerParts(json, 0);
        Assert.That(parts.MoveNext(), Is.True);
        parts.Leave(json.IndexOf(",2"u8));
        Assert.That(parts.MoveNext(), Is.True);
        Assert.That(Text(json, parts.Value), Is.EqualTo("2"));
        Assert.That(parts.MoveNext(), Is.True);
        Assert.That(Text(json, parts.Value), Is.EqualTo("3"));
        Assert.That(parts.MoveNext(), Is.False);
        Assert.That(parts.End, Is.EqualTo(json.Length - 1));
    }

    private static string Text(ReadOnlySpan<byte> json, Place place) =>
        Encoding.UTF8.GetString(json[place.Start..place.End]);
}
