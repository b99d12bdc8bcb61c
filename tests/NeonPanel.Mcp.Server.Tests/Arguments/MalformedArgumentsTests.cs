using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>Faults of arguments that no schema decides: names that occur twice (RFC 8259 §4) and text that is not
/// Unicode (RFC 8259 §8.2). Each is named by its place.</summary>
internal sealed class MalformedArgumentsTests
{
    private const string Twice = "is sent more than once. Send each name once.";
    private const string NoUnicode = "must be valid Unicode, but holds a lone surrogate or a broken byte sequence.";
    private const string NoUnicodeName =
        "must have names of valid Unicode, but one holds a lone surrogate or a broken byte sequence.";

    [TestCase("""{"a":1,"a":2}""", "'a'")]
    [TestCase("""{"a":1,"b":1,"c":1,"b":2}""", "'b'")]
    [TestCase("""{"a":1,"a":2,"a":3}""", "'a'", "'a'")]
    [TestCase("""{"a":{"x":1,"x":2},"b":1,"b":2}""", "'/a/x'", "'b'")]
    [TestCase("""{"a":{"x":1,"x":2},"a":{"y":1,"y":2}}""", "'/a/x'", "'a'", "'/a/y'")]
    [TestCase("""{"a":[1,{"x":1,"x":2},[{"y":1,"y":2}]],"b":1,"b":2}""", "'/a/1/x'", "'/a/2/0/y'", "'b'")]
    [TestCase("""[{"x":1,"x":2},{"y":1,"y":2}]""", "'/0/x'", "'/1/y'")]
    [TestCase("""{"a":1,"\u0061":2}""", "'a'")]
    [TestCase("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"a":8}""", "'a'")]
    [TestCase("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"a":9}""", "'a'")]
    public void Name_MoreThanOnceInOneObject_IsNamedByItsPlace(string sent, params string[] places) =>
        Assert.That(
            ArgumentReader.Malformed(JsonElement.Parse(sent)),
            Is.EqualTo(places.Select(place => $"Argument {place} {Twice}"))
        );

    [TestCase("""{"a":{"a":{"a":1}},"b":{"a":1}}""")]
    [TestCase("""[{"a":1},{"a":1}]""")]
    [TestCase("""{"a":1,"A":1,"aa":1,"":1}""")]
    [TestCase("""{"a":"b","b":"a"}""")]
    [TestCase("""{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}""")]
    [TestCase("\"\\ud83d\\ude00\"")]
    [TestCase("""{"\ud83d\ude00":["\ud83d\ude00","\\ud800"]}""")]
    public void Name_OncePerObjectAndTextOfUnicode_IsWellFormed(string sent) =>
        Assert.That(ArgumentReader.Malformed(JsonElement.Parse(sent)), Is.Empty);

    [TestCase("""{"a":"\ud800"}""", "Argument 'a' " + NoUnicode)]
    [TestCase(
        """{"o":{"x":["ok","\ud800"]},"b":"\udc00"}""",
        "Argument '/o/x/1' " + NoUnicode,
        "Argument 'b' " + NoUnicode
    )]
    [TestCase("""{"\ud800":"\ud800","b":"\udc00"}""", "The arguments " + NoUnicodeName, "Argument 'b' " + NoUnicode)]
    [TestCase("""{"o":{"\ud800":1}}""", "Argument 'o' " + NoUnicodeName)]
    [TestCase("\"\\ud800\"", "The arguments " + NoUnicode)]
    [TestCase("""{"a":"\ud800","a":1}""", "Argument 'a' " + NoUnicode)]
    public void Text_WithHalfACharacter_IsNamedByItsPlace(string sent, params string[] violations) =>
        Assert.That(ArgumentReader.Malformed(JsonElement.Parse(sent)), Is.EqualTo(violations));

    [Test]
    public void Text_OfOtherBytesThanUtf8_IsNoUnicode() =>
        Assert.That(
            ArgumentReader.Malformed(JsonElement.Parse((byte[])[.. "{\"a\":\""u8, 0xE9, .. "\"}"u8])),
            Is.EqualTo([$"Argument 'a' {NoUnicode}"])
        );

    // Twenty sentences and a number. From a hundred on nothing more is read, so the number is the least.
    [TestCase(20, null)]
    [TestCase(21, "… and 1 more.")]
    [TestCase(99, "… and 79 more.")]
    [TestCase(100, "… and at least 80 more.")]
    [TestCase(300, "… and at least 80 more.")]
    public void Faults_OfAnyNumber_AreCountedUpToAHundred(int faults, string? end)
    {
        string[] messages =
        [
            Members(faults + 1, _ => "\"a\":1"),
            Items(faults, """{"a":1,"a":2}"""),
            Items(faults, "\"\\ud800\""),
            Members(faults, index => $"\"a{index}\":\"\\ud800\""),
        ];
        foreach (var message in messages)
        {
            var violations = ArgumentReader.Malformed(JsonElement.Parse(message));
            Assert.That(violations, Has.Count.EqualTo(end is null ? 20 : 21), message[..10]);
            Assert.That(violations[^1], end is null ? Does.StartWith("Argument ") : Is.EqualTo(end), message[..10]);
        }
    }

    private static string Items(int count, string item) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";

    private static string Members(int count, Func<int, string> member)
    {
        var text = new StringBuilder("{").AppendJoin(',', Enumerable.Range(0, count).Select(member));
        return text.Append('}').ToString();
    }
}
