using System.Diagnostics;
using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>Rule D1: every violation names the argument, the kind found, what is expected, and a value that would
/// do.</summary>
internal sealed class ArgumentValidatorTests
{
    [TestCase("{\"type\":\"integer\"}", "\"secret\"", "must be a whole number, but is a string; for example 1.")]
    [TestCase("{\"type\":\"integer\"}", "1.5", "must be a whole number, but is 1.5; for example 1.")]
    [TestCase(
        "{\"type\":\"string\",\"format\":\"date\"}",
        "{}",
        "must be a string, but is an object; for example \"2026-01-31\"."
    )]
    [TestCase("{\"type\":[\"string\",\"null\"]}", "[]", "must be a string or null, but is an array.")]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":5}}",
        "true",
        "must be an array, but is a boolean; for example [5]."
    )]
    [TestCase("{\"enum\":[\"a\",\"b\"]}", "\"secret\"", "must be one of \"a\", \"b\", but is another string.")]
    [TestCase("{\"enum\":[1,2.0]}", "3", "must be one of 1, 2.0, but is another number.")]
    [TestCase("{\"minimum\":10,\"maximum\":60}", "500", "must be between 10 and 60, but is 500.")]
    [TestCase("{\"type\":\"integer\"}", "1200e-3", "must be a whole number, but is 1200e-3; for example 1.")]
    [TestCase("{\"type\":\"integer\"}", "-1.25e1", "must be a whole number, but is -1.25e1; for example 1.")]
    [TestCase("{\"minimum\":10}", "9", "must be at least 10, but is 9.")]
    [TestCase("{\"exclusiveMaximum\":10}", "10", "must be below 10, but is 10.")]
    [TestCase("{\"multipleOf\":5}", "12", "must be a multiple of 5, but is 12.")]
    [TestCase("{\"exclusiveMinimum\":0}", "-0", "must be above 0, but is -0.")]
    [TestCase("{\"exclusiveMinimum\":0,\"exclusiveMaximum\":1}", "1.000", "must be above 0 and below 1, but is 1.000.")]
    [TestCase(
        "{\"maximum\":18446744073709551615}",
        "18446744073709551616",
        "must be at most 18446744073709551615, but is 18446744073709551616."
    )]
    [TestCase(
        "{\"maximum\":0.3}",
        "0.30000000000000000000000000000000001",
        "must be at most 0.3, but is a number of 37 characters."
    )]
    [TestCase("{\"maximum\":1e308}", "1e400", "must be at most 1e308, but is 1e400.")]
    [TestCase(
        "{\"type\":\"integer\",\"format\":\"int32\"}",
        "2147483648",
        "must be between -2147483648 and 2147483647, but is 2147483648."
    )]
    [TestCase(
        "{\"type\":\"integer\",\"format\":\"int64\"}",
        "18446744073709551616",
        "must be between -9223372036854775808 and 9223372036854775807, but is 18446744073709551616."
    )]
    [TestCase("{\"multipleOf\":0.01}", "0.105", "must be a multiple of 0.01, but is 0.105.")]
    [TestCase("{\"multipleOf\":7}", "1e400", "must be a multiple of 7, but is 1e400.")]
    [TestCase("{\"minLength\":2,\"maxLength\":3}", "\"\\ud83d\\ude00\"", "must have 2 to 3 characters, but has 1.")]
    [TestCase("{\"pattern\":\"^[A-Z]{3}$\"}", "\"usd\"", "must match the pattern ^[A-Z]{3}$, but does not.")]
    [TestCase(
        "{\"type\":\"string\",\"format\":\"date\"}",
        "\"31.01.2026\"",
        "must be a date, YYYY-MM-DD, but is other text; for example \"2026-01-31\"."
    )]
    [TestCase("{\"minItems\":1}", "[]", "must have at least 1 items, but has 0.")]
    [TestCase(
        "{\"minProperties\":1,\"maxProperties\":1}",
        "{\"a\":1,\"b\":1}",
        "must have exactly 1 members, but has 2."
    )]
    public void Check_Violation_TellsKindExpectationAndExample(string schema, string value, string expected) =>
        Assert.That(
            Shapes.Check("{\"properties\":{\"a\":" + schema + "}}", "{\"a\":" + value + "}"),
            Is.EqualTo(new[] { "Argument 'a' " + expected })
        );

    [TestCase("{\"type\":\"integer\",\"minimum\":0}", "-0")]
    [TestCase("{\"type\":\"integer\"}", "1e3")]
    [TestCase("{\"type\":\"integer\"}", "1.5e1")]
    [TestCase("{\"type\":\"integer\"}", "-1200e-2")]
    [TestCase("{\"type\":\"integer\"}", "100.0e-2")]
    [TestCase("{\"type\":\"integer\"}", "0.000")]
    [TestCase("{\"type\":\"integer\"}", "0e-9")]
    [TestCase("{\"minimum\":0,\"maximum\":10}", "10")]
    [TestCase("{\"minimum\":0,\"maximum\":10}", "0.0")]
    [TestCase("{\"type\":\"integer\"}", "18446744073709551616")]
    [TestCase("{\"multipleOf\":0.01}", "1e400")]
    [TestCase("{\"multipleOf\":3}", "123456789012345678901234567890")]
    [TestCase("{\"maximum\":1e400}", "9.99e399")]
    [TestCase("{\"enum\":[1]}", "1.0")]
    [TestCase("{\"enum\":[0.1]}", "1e-1")]
    [TestCase("{\"enum\":[0.05]}", "0.50e-1")]
    [TestCase("{\"minimum\":0.1,\"maximum\":1e-1}", "0.10")]
    [TestCase("{\"enum\":[{\"a\":1,\"b\":[2]}]}", "{\"b\":[2.0],\"a\":1}")]
    [TestCase("{\"enum\":[\"\\u00e4\"]}", "\"ä\"")]
    [TestCase("{\"uniqueItems\":true}", "[1,\"1\",true,[1],{\"a\":1}]")]
    [TestCase("{\"type\":\"object\"}", "{\"any\":{\"thing\":[1]}}")]
    [TestCase("{}", "{\"any\":{\"thing\":[1]}}")]
    public void Check_ValueWithinTheSchema_Passes(string schema, string value) =>
        Assert.That(Shapes.Check(schema, value), Is.Empty);

    [TestCase("date", "2026-02-28", "2026-02-30", "2026-01-31garbage", "2026-1-31")]
    [TestCase("date-time", "2026-01-31T09:30:00.5+02:00", "2026-01-31T09:30:00", "2026-01-31T24:00:00Z", "2026-01-31")]
    [TestCase(
        "uuid",
        "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31",
        "7c1e4b5293af4d068b1a5e20c7d94f31",
        " 7c1e4b52-93af-4d06-8b1a-5e20c7d94f31",
        "{7c1e4b52-93af-4d06-8b1a-5e20c7d94f31}"
    )]
    [TestCase("email", "a.b@example.com", "example.com", "a b@example.com", "a@b@c")]
    [TestCase("ipv4", "192.0.2.1", "192.0.2", "192.0.2.256", "0300.1.1.1")]
    [TestCase("ipv6", "2001:db8::1", "192.0.2.1", "[2001:db8::1]", "2001:db8::1%eth0")]
    [TestCase("uri", "urn:isbn:1", "/etc/passwd", "example.com", "")]
    public void Check_Format_RefusesWhatIsNone(string format, string good, params string[] bad)
    {
        var schema = $$"""{"type":"string","format":"{{format}}"}""";
        Assert.That(Shapes.Check(schema, JsonSerializer.Serialize(good)), Is.Empty);
        Assert.That(bad.Select(text => Shapes.Check(schema, JsonSerializer.Serialize(text)).Count), Is.All.EqualTo(1));
    }

    [Test]
    public void Check_ManyFaultsAtAnyDepth_TellsAllAtOnceWithTheirPlaces()
    {
        const string schema = """
            {"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string"},"lines":{"type":"array","items":{
            "type":"object","required":["id"],"additionalProperties":false,"properties":{"id":{"type":"integer"},"a/b~c":{"type":"boolean"}}}}}}
            """;
        Assert.That(
            Shapes.Check(schema, """{"lines":[{"id":1},{"id":"x","a/b~c":1},{"idd":2}],"nome":1}"""),
            Is.EqualTo(
                new[]
                {
                    "Argument 'name' is missing; it is required: a string.",
                    "Argument '/lines/1/id' must be a whole number, but is a string; for example 1.",
                    "Argument '/lines/1/a~1b~0c' must be true or false, but is 1; for example true.",
                    "Argument '/lines/2/id' is missing; it is required: a whole number; for example 1.",
                    "Argument '/lines/2/idd' is unknown. Known: id, a/b~c.",
                    "Argument 'nome' is unknown. Did you mean 'name'?",
                }
            )
        );
    }

    [Test]
    public void Check_TenThousandUnknownArguments_IsAShortAnswer()
    {
        var value =
            "{"
            + string.Join(',', Enumerable.Range(0, 10_000).Select(index => $"\"{new string('u', 1000)}{index}\":1"))
            + "}";
        var sentences = Shapes.Check("""{"additionalProperties":false,"properties":{"known":{}}}""", value);
        Assert.That(sentences, Has.Count.EqualTo(21));
        Assert.That(sentences[^1], Is.EqualTo("… and at least 80 more."));
        Assert.That(string.Join('\n', sentences), Has.Length.LessThan(5000).And.Contains("Known: known."));
    }

    [TestCase(20, 20, null)]
    [TestCase(21, 21, "… and 1 more.")]
    [TestCase(99, 21, "… and 79 more.")]
    [TestCase(100, 21, "… and at least 80 more.")]
    [TestCase(5000, 21, "… and at least 80 more.")]
    public void Check_ManyViolations_AreCountedToAHundred(int items, int count, string? last)
    {
        var sentences = Shapes.Check(
            """{"items":{"type":"integer"}}""",
            "[" + string.Join(',', Enumerable.Repeat("\"x\"", items)) + "]"
        );
        Assert.That(sentences, Has.Count.EqualTo(count));
        Assert.That(sentences[^1], last is null ? Does.StartWith("Argument '/19' must be") : Is.EqualTo(last));
    }

    [TestCase("\"\"", "a string")]
    [TestCase("[1]", "an array")]
    [TestCase("null", "null")]
    [TestCase("5", "5")]
    public void Check_ArgumentsThatAreNoObject_SaysSo(string value, string found) =>
        Assert.That(
            Shapes.Check("""{"type":"object"}""", value),
            Is.EqualTo(new[] { $"The arguments must be an object, but is {found}." })
        );

    [Test]
    public void Check_NameThatWouldBreakALine_IsShownWithoutIt() =>
        Assert.That(
            Shapes.Check("""{"additionalProperties":false}""", """{"a\r\n\u0000b":1}"""),
            Is.EqualTo(new[] { "Argument 'a\uFFFD\uFFFD\uFFFDb' is unknown. There are none." })
        );

    [Test]
    public void Check_EqualItems_TellsWhich() =>
        Assert.That(
            Shapes.Check(
                """{"properties":{"a":{"uniqueItems":true}}}""",
                """{"a":[1,{"x":1,"y":2},1.0,{"y":2,"x":1}]}"""
            ),
            Is.EqualTo(
                new[]
                {
                    "Argument '/a/2' must differ from the items before it, but equals one of them.",
                    "Argument '/a/3' must differ from the items before it, but equals one of them.",
                }
            )
        );

    [Test]
    [NonParallelizable]
    public void Check_ManyItemsThatMustDiffer_TakesNotLong()
    {
        var value = "[" + string.Join(',', Enumerable.Range(0, 100_000)) + "]";
        var watch = Stopwatch.StartNew();
        Assert.That(Shapes.Check("""{"uniqueItems":true}""", value), Is.Empty);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), "each item compared with each takes minutes");
    }

    // The first runs in linear time; the second looks around, which can only be stopped.
    [NonParallelizable]
    [TestCase("^(a+)+\\z", false)]
    [TestCase("^(?=a)(a+)+\\z", true)]
    public void Check_PatternThatBacktracks_NeverRunsLong(string expression, bool isLeftToTheApi)
    {
        var shape = new ValueShape
        {
            Items = new() { Pattern = expression, Expression = expression },
        };
        var watch = Stopwatch.StartNew();
        using var document = JsonDocument.Parse(
            "[" + string.Join(',', Enumerable.Repeat($"\"{new string('a', 5000)}b\"", 100)) + "]"
        );
        Assert.That(ArgumentValidator.IsValid(shape, document.RootElement), Is.EqualTo(isLeftToTheApi));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
    }
}
