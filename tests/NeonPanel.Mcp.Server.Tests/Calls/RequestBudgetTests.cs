using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>The size of the arguments limits the memory that a call allocates, whatever the arguments
/// contain.</summary>
internal sealed class RequestBudgetTests
{
    // In all; at one time it is less than half of it (tests/NeonPanel.Mcp.Benchmarks, request-costs).
    private const long MostBytes = 40_000_000;

    private static IEnumerable<GreedyBody> Bodies => GreedyBody.All;

    [TestCaseSource(nameof(Bodies))]
    public void Call_OneMebibyteOfAnyKind_AllocatesLittleAndAnswersShortly(GreedyBody body)
    {
        using var document = JsonDocument.Parse(body.Json);
        // Once before, as patterns and values are prepared at their first use.
        GreedyCall.Make(body, document.RootElement);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcome = GreedyCall.Make(body, document.RootElement);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(allocated, Is.LessThan(MostBytes));
        Assert.That(outcome.Repairs, Has.Count.LessThanOrEqualTo(ArgumentRepair.Most));
        Assert.That(outcome.Violations, Has.Count.LessThanOrEqualTo(50));
        Assert.That(string.Join('\n', outcome.Violations), Has.Length.LessThan(15_000));
        Assert.That(outcome.SentBytes is null, Is.EqualTo(outcome.Violations.Count > 0), "what is wrong is not sent");
    }

    // Each is refused, and would have been read differently by different parsers.
    [TestCase("""{"page":1,"page":2}""", "Argument 'page' is sent more than once. Send each name once.")]
    [TestCase("""{"page":1,"p\u0061ge":1}""", "Argument 'page' is sent more than once. Send each name once.")]
    [TestCase("""{"a":{"b":[{"c":1,"c":1}]}}""", "Argument '/a/b/0/c' is sent more than once. Send each name once.")]
    [TestCase(
        """{"a":{"b":1},"a":{"b":1,"b":2}}""",
        "Argument 'a' is sent more than once. Send each name once.",
        "Argument '/a/b' is sent more than once. Send each name once."
    )]
    [TestCase(
        """{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a":1}""",
        "Argument 'a' is sent more than once. Send each name once."
    )]
    [TestCase("""{"":1,"":2}""", "Argument '' is sent more than once. Send each name once.")]
    public void Malformed_NameTwice_IsAViolationWithItsPlace(string sent, params string[] expected) =>
        Assert.That(ArgumentReader.Malformed(JsonElement.Parse(sent)), Is.EqualTo(expected));

    [TestCase("""{"page":1,"Page":2,"pagE":3}""")]
    [TestCase("""[{"a":1},{"a":1},{"a":{"a":1}}]""")]
    [TestCase("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}""")]
    [TestCase("""{"a":"\ud83d\ude00 \\ud800 \u00e9"}""")]
    [TestCase("\"text\"")]
    public void Malformed_NamesThatDiffer_IsNothing(string sent) =>
        Assert.That(ArgumentReader.Malformed(JsonElement.Parse(sent)), Is.Empty);

    [TestCase(
        """{"a":"\ud800"}""",
        "Argument 'a' must be valid Unicode, but holds a lone surrogate or a broken byte sequence."
    )]
    [TestCase(
        """{"a":["x","\udc00\ud800"]}""",
        "Argument '/a/1' must be valid Unicode, but holds a lone surrogate or a broken byte sequence."
    )]
    [TestCase(
        """{"a":"\ud83d\ude00\uD83D"}""",
        "Argument 'a' must be valid Unicode, but holds a lone surrogate or a broken byte sequence."
    )]
    [TestCase(
        """{"a":"\ud83d\ud83d"}""",
        "Argument 'a' must be valid Unicode, but holds a lone surrogate or a broken byte sequence."
    )]
    [TestCase(
        """{"a":"\ud83d\u0041"}""",
        "Argument 'a' must be valid Unicode, but holds a lone surrogate or a broken byte sequence."
    )]
    [TestCase(
        """{"a":"\\\ud800"}""",
        "Argument 'a' must be valid Unicode, but holds a lone surrogate or a broken byte sequence."
    )]
    [TestCase(
        """{"a":["\ud83d","\ude00"]}""",
        "Argument '/a/0' must be valid Unicode, but holds a lone surrogate or a broken byte sequence.",
        "Argument '/a/1' must be valid Unicode, but holds a lone surrogate or a broken byte sequence."
    )]
    [TestCase(
        """{"b":{"\ud800":1}}""",
        "Argument 'b' must have names of valid Unicode, but one holds a lone surrogate or a broken byte sequence."
    )]
    public void Malformed_BrokenText_IsAViolationWithItsPlace(string sent, params string[] expected) =>
        Assert.That(ArgumentReader.Malformed(JsonElement.Parse(sent)), Is.EqualTo(expected));
}
