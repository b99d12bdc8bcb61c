using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The library's reader is the judge: what it takes for JSON is JSON here, and stands at the same
/// places.</summary>
internal sealed class JsonTextTests
{
    private const string Alphabet = "{}[]\",:0123456789.eE+-truefalsnb\\/ \n\t\r\0\u001f\u007fé😀";

    private static readonly string[] Beginnings =
    [
        """{"a":1,"b":[true,false,null],"c":{"d":"e"}}""",
        """ [ -0.5e+10 , "x\u00e9\n\\\"" , {} , [] ] """,
        "\"😀\\ud83d\"",
        "0",
        "-1.0E-2",
        """{"current_page":1,"data":[{"id":1,"name":"N\\"},{"id":2.50,"name":null}],"":""}""",
        """[[[[[[{"a":[{}]}]]]]]]""",
        "true",
        " null\r\n",
        "{\"a\":\"\\u00e9\\/\\b\\f\\t\"}",
    ];

    private static readonly string[] Edges =
    [
        "",
        " ",
        "\uFEFF1",
        "01",
        "-",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "tru",
        "truex",
        "nul",
        "NaN",
        "Infinity",
        "\"",
        "\"\\",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\x\"",
        "\"\n\"",
        "'a'",
        "{",
        "}",
        "[",
        "]",
        "{]",
        "[}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{1:2}",
        "{\"a\":1 \"b\":2}",
        "1 2",
        "{}{}",
        "[]]",
        "// c\n1",
        "[1]/**/",
        "\u00a01",
        "1\0",
        "\"\0\"",
        "[1\v]",
    ];

    [Test]
    public void Check_Edges_AreTakenAndRefusedAsByTheLibrary([ValueSource(nameof(Edges))] string text) =>
        AssertSameVerdict(text);

    [Test]
    public void Check_TextsThatWereChangedByChance_AreTakenAndRefusedAsByTheLibrary(
        [ValueSource(nameof(Beginnings))] string beginning,
        [Range(1, 5)] int seed
    )
    {
        var random = new Random(seed);
        var taken = 0;
        for (var turn = 0; turn < 1000; turn++)
        {
            var text = new StringBuilder(beginning);
            for (var change = random.Next(3); change >= 0; change--)
            {
                var at = random.Next(text.Length);
                var letter = Alphabet[random.Next(Alphabet.Length)];
                _ = random.Next(3) switch
                {
                    0 => text.Insert(at, letter),
                    1 when text.Length > 1 => text.Remove(at, 1),
                    _ => text.Replace(text[at], letter, at, 1),
                };
            }

            taken += AssertSameVerdict(text.ToString()) ? 1 : 0;
        }

        Assert.That(taken, Is.InRange(1, 999), "some of both");
    }

    [TestCase(64)]
    [TestCase(65)]
    public void Check_DepthsOfListsAndObjects_EndWhereTheLibraryEnds(int depth)
    {
        AssertSameVerdict(new string('[', depth) + new string(']', depth));
        AssertSameVerdict(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
        AssertSameVerdict(
            string.Concat(Enumerable.Repeat("[{\"a\":", depth / 2))
                + "[]"
                + string.Concat(Enumerable.Repeat("}]", depth / 2))
        );
    }

    private static bool AssertSameVerdict(string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        var expected = true;
        try
        {
            using var document = JsonDocument.Parse(json);
            AssertSamePlaces(document.RootElement, json, new(0, json.Length));
        }
        catch (JsonException)
        {
            expected = false;
        }

        var actual = true;
        try
        {
            JsonText.Check(json, (_, _) => { });
        }
        catch (JsonException)
        {
            actual = false;
        }

        Assert.That(actual, Is.EqualTo(expected), text);
        return actual;
    }

    private static void AssertSamePlaces(JsonElement expected, byte[] json, Place place)
    {
        var parts = new AnswerParts(json, place.Start);
        Assert.That(
            (parts.IsObject, parts.IsList),
            Is.EqualTo((expected.ValueKind == JsonValueKind.Object, expected.ValueKind == JsonValueKind.Array))
        );
        if (expected.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in expected.EnumerateArray())
            {
                Assert.That(parts.MoveNext(), Is.True);
                AssertSameText(JsonMarshal.GetRawUtf8Value(item), json, parts.Value);
                AssertSamePlaces(item, json, parts.Value);
            }
        }
        else if (expected.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in expected.EnumerateObject())
            {
                Assert.That(parts.MoveNext(), Is.True);
                AssertSameText(
                    JsonMarshal.GetRawUtf8PropertyName(member),
                    json,
                    new(parts.Name.Start + 1, parts.Name.End - 1)
                );
                AssertSameText(JsonMarshal.GetRawUtf8Value(member.Value), json, parts.Value);
                AssertSamePlaces(member.Value, json, parts.Value);
            }
        }

        Assert.That(parts.MoveNext(), Is.False);
    }

    private static void AssertSameText(ReadOnlySpan<byte> expected, byte[] json, Place place) =>
        Assert.That(
            Encoding.UTF8.GetString(json.AsSpan(place.Start, place.Length)),
            Is.EqualTo(Encoding.UTF8.GetString(expected))
        );
}
