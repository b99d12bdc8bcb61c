using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>The comparison of arguments with what the answer says of them. A false alarm would make every answer
/// doubtful, so most cases are about equal values.</summary>
internal sealed class EchoedArgumentsTests
{
    private const string Ignored = "The API may have ignored arguments: in its answer, ";

    // The same value in other spellings, and values that cannot be compared. The second value is the answer's.
    [TestCase("\"2026-11-01\"", "\"2026-11-01\"")]
    [TestCase("\"2026-11-01\"", "\"2026-11-01T00:00:00Z\"")]
    [TestCase("\"2026-11-01\"", "\"2026-11-01 00:00:00\"")]
    [TestCase("\"2026-11-01\"", "\"2026-11-01T12:30:00.123+02:00\"")]
    [TestCase("\"2026-11-01\"", "\"2026-10-31T23:00:00Z\"", Description = "midnight of a zone east of Greenwich")]
    [TestCase("\"2026-11-30\"", "\"2026-12-01T08:00:00Z\"", Description = "end of the day of a zone west of Greenwich")]
    [TestCase("\"2026-11-30\"", "1793491200")]
    [TestCase("\"9999-12-31\"", "\"9999-12-31T23:59:59Z\"")]
    [TestCase("\"2026-11-01T10:00:00Z\"", "\"2026-11-01T11:00:00+01:00\"")]
    [TestCase("\"2026-11-01T10:00:00.9Z\"", "\"2026-11-01T10:00:00Z\"")]
    [TestCase("\"2026-11-01T10:00:00Z\"", "\"2026-11-01 18:00:00\"", Description = "a time without a zone")]
    [TestCase("31", "\"31\"")]
    [TestCase("\"31\"", "31.0")]
    [TestCase("1e2", "100")]
    [TestCase("0.10", "0.1")]
    [TestCase("64", "\"Great Basin Freight LLC\"", Description = "a name in place of an id")]
    [TestCase("\"now\"", "\"2026-11-01\"")]
    [TestCase("true", "1")]
    [TestCase("true", "\"yes\"")]
    [TestCase("false", "\"0\"")]
    [TestCase("\"us\"", "\"US\"")]
    [TestCase("\"US\"", "\"United States\"")]
    [TestCase("\" camp lantern \"", "\"camp lantern\"")]
    [TestCase("\"camp lantern\"", "\"%camp lantern%\"")]
    [TestCase("\"camp-lantern\"", "\"camp lantern\"")]
    [TestCase("\"month\"", "\"monthly\"")]
    [TestCase("\"Ä\\u0026b\"", "\"\\u00e4&b\"")]
    [TestCase("\"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31\"", "\"7C1E4B5293AF4D068B1A5E20C7D94F31\"")]
    [TestCase("\"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31\"", "214")]
    [TestCase("[31,32]", "[32,31]")]
    [TestCase("[31,31]", "[\"31\"]")]
    [TestCase("[31]", "31")]
    [TestCase("[31,32]", "\"31, 32\"")]
    [TestCase("\"US,DE\"", "[\"DE\",\"US\"]")]
    [TestCase("[]", "[31]")]
    [TestCase("\"\"", "\"x\"")]
    [TestCase("null", "\"x\"")]
    [TestCase("{\"a\":1}", "{\"a\":2}", Description = "objects are not compared")]
    public void Difference_SameValue_IsNone(string sent, string echoed) =>
        Assert.That(Compare(EchoKind.Complete, sent, echoed), Is.Null);

    [TestCase("\"2026-11-01\"", "\"2026-10-01\"", "arg is 2026-10-01, not 2026-11-01.")]
    [TestCase("\"2026-11-01\"", "\"2026-11-02\"", "arg is 2026-11-02, not 2026-11-01.")]
    [TestCase("\"2026-11-01\"", "\"2026-10-30T00:00:00Z\"", "arg is 2026-10-30T00:00:00Z, not 2026-11-01.")]
    [TestCase(
        "\"2026-11-01T10:00:00Z\"",
        "\"2026-11-01T10:00:00+02:00\"",
        "arg is 2026-11-01T10:00:00+02:00, not 2026-11-01T10:00:00Z."
    )]
    [TestCase("31", "32", "arg is 32, not 31.")]
    [TestCase("1", "12", "arg is 12, not 1.", Description = "digits that contain the others")]
    [TestCase("0.1", "0.11", "arg is 0.11, not 0.1.")]
    [TestCase("true", "false", "arg is false, not what was sent.")]
    [TestCase("false", "1", "arg is 1, not what was sent.")]
    [TestCase("\"lantern\"", "\"towel\"", "arg is towel, not what was sent.")]
    [TestCase("\"US\"", "\"DE\"", "arg is DE, not what was sent.")]
    [TestCase("[31,32]", "[31]", "arg is 31, not 31, 32.")]
    [TestCase("[31]", "[31,32]", "arg is 31, 32, not 31.")]
    [TestCase("[1]", "[1,2,3,4,5]", "arg is 1, 2, 3, …, not 1.")]
    [TestCase("\"lantern\"", "null", "arg is missing.")]
    [TestCase("\"lantern\"", "\"\"", "arg is missing.")]
    [TestCase("[31]", "[]", "arg is missing.")]
    public void Difference_OtherValue_IsTold(string sent, string echoed, string expected) =>
        Assert.That(Compare(EchoKind.Complete, sent, echoed), Is.EqualTo(Ignored + expected));

    [TestCase("904", "911", true)]
    [TestCase("\"904\"", "911", true)]
    [TestCase("\"0904\"", "904", false)]
    [TestCase("\"me\"", "911", false, Description = "an alias of an id")]
    [TestCase("904", "\"bill-911\"", false)]
    [TestCase("904", "null", false)]
    [TestCase("\"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31\"", "\"e0a95d1c-2b78-4f43-a6d9-81c3f57b206e\"", true)]
    [TestCase("\"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31\"", "\"7C1E4B52-93AF-4D06-8B1A-5E20C7D94F31\"", false)]
    [TestCase("\"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31\"", "214", false)]
    public void Difference_Id_IsComparedWithIdsAlone(string sent, string echoed, bool isTold) =>
        Assert.That(Compare(EchoKind.Id, sent, echoed), isTold ? Is.Not.Null : Is.Null);

    // The object that holds all arguments in force is there, and the argument is not.
    [TestCase("""{"filters":{}}""", EchoKind.Complete, true)]
    [TestCase("""{"filters":[]}""", EchoKind.Complete, true, Description = "an empty object of PHP")]
    [TestCase("""{"filters":{"other":1}}""", EchoKind.Complete, true)]
    [TestCase("""{"filters":{}}""", EchoKind.Value, false)]
    [TestCase("""{"filters":{"arg":null}}""", EchoKind.Value, false)]
    [TestCase("""{"filters":null}""", EchoKind.Complete, false)]
    [TestCase("""{"filters":[1]}""", EchoKind.Complete, false)]
    [TestCase("""{"filters":"arg"}""", EchoKind.Complete, false)]
    [TestCase("""{"data":[]}""", EchoKind.Complete, false)]
    [TestCase("[1]", EchoKind.Complete, false)]
    [TestCase("3", EchoKind.Complete, false)]
    public void Difference_NoEcho_IsToldWhereTheAnswerHoldsAllArguments(string answer, EchoKind kind, bool isTold) =>
        Assert.That(
            Compare(Tool(new ArgumentEcho("arg", ["filters", "arg"], kind)), """{"arg":"x"}""", answer),
            Is.EqualTo(isTold ? Ignored + "arg is missing." : null)
        );

    [Test]
    public void Difference_FalseThatIsMissing_IsNone() =>
        Assert.That(
            Compare(
                Tool(new ArgumentEcho("arg", ["filters", "arg"], EchoKind.Complete)),
                """{"arg":false}""",
                """{"filters":{}}"""
            ),
            Is.Null
        );

    [Test]
    public void Difference_SeveralArguments_IsOneLine()
    {
        var names = new[] { "a", "b", "c", "d", "e" };
        var tool = Tool([.. names.Select(name => new ArgumentEcho(name, ["filters", name], EchoKind.Complete))]);
        Assert.That(
            Compare(tool, """{"a":1,"b":2,"c":3,"d":4,"e":5}""", """{"filters":{"a":1,"b":3,"c":"x","d":[5],"e":6}}"""),
            Is.EqualTo(Ignored + "b is 3, not 2; d is 5, not 4; e is 6, not 5.")
        );
        Assert.That(
            Compare(tool, """{"a":1,"b":2,"c":3,"d":4,"e":5}""", """{"filters":{}}"""),
            Does.EndWith("d is missing; ….")
        );
    }

    // The note about pages says which page came.
    [Test]
    public void Difference_Page_IsNone() =>
        Assert.That(
            Compare(
                Tool(new ArgumentEcho("per_page", ["per_page"], EchoKind.Value)),
                """{"per_page":100}""",
                """{"per_page":60}"""
            ),
            Is.Null
        );

    [Test]
    public void Difference_ControlCharactersAndLongTexts_AreShownInPart()
    {
        var echoed = JsonSerializer.Serialize("a\n" + new string('b', 100));
        Assert.That(
            Compare(EchoKind.Value, "\"x\\u0007yzw\"", echoed),
            Is.EqualTo(Ignored + $"arg is a\uFFFD{new string('b', 38)}…, not what was sent.")
        );
    }

    // Beyond this, the comparison would cost more than the answer.
    [Test]
    public void Difference_HugeEcho_IsNone()
    {
        var many = "[" + string.Join(',', Enumerable.Range(0, 300)) + "]";
        Assert.That(Compare(EchoKind.Complete, many, "[1]"), Is.Null);
        Assert.That(Compare(EchoKind.Complete, "[1]", many), Is.Null);
        Assert.That(Compare(EchoKind.Complete, "1", $"\"{new string('x', 20_000)}\""), Is.Null);
    }

    private static string? Compare(EchoKind kind, string sent, string echoed) =>
        Compare(
            Tool(new ArgumentEcho("arg", ["filters", "arg"], kind)),
            $$"""{"arg":{{sent}}}""",
            $$"""{ "first": [ { "arg": 0 } ], "filters": { "more": {}, "arg" : {{echoed}} } }"""
        );

    private static string? Compare(ToolDescriptor tool, string arguments, string answer) =>
        EchoedArguments.Difference(tool, JsonElement.Parse(arguments), Encoding.UTF8.GetBytes(answer));

    private static ToolDescriptor Tool(params ArgumentEcho[] echoes) =>
        new()
        {
            Name = "list",
            Title = "List",
            Description = "",
            OperationId = null,
            Method = "GET",
            Path = "/",
            InputSchema = "{}",
            OutputSchema = "{}",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
            Profiles = [],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = new()
            {
                Properties = new Dictionary<string, ValueShape> { ["per_page"] = new() { Kinds = ValueKinds.Integer } },
            },
            Echoes = echoes,
            Call = (_, _, _, _) => throw new InvalidOperationException(),
        };
}
