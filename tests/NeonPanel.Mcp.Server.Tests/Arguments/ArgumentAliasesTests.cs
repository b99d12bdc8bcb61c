using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Tests.Calls;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>Earlier names of arguments; the tool has <c>old</c> and <c>older</c> for <c>a</c>.</summary>
internal sealed class ArgumentAliasesTests
{
    private static readonly ToolDescriptor Tool = GreedyBody.ToolOf(ValueShape.Anything);

    [TestCase("""{"b":1.10,"old":"x"}""", """{"b":1.10,"a":"x"}""")]
    [TestCase("""{"older":1}""", """{"a":1}""")]
    public void Apply_EarlierName_BecomesThePresentOne(string sent, string expected) =>
        Assert.That(Apply(sent), Is.EqualTo(expected));

    // Nothing says which of the two values counts: the other name stays, and is refused as unknown.
    [TestCase("""{"old":1,"a":2}""", """{"old":1,"a":2}""")]
    [TestCase("""{"older":1,"old":2}""", """{"older":1,"a":2}""")]
    public void Apply_TwoNamesOfOneArgument_AreNotBothRead(string sent, string expected) =>
        Assert.That(Apply(sent), Is.EqualTo(expected));

    private static string Apply(string sent) => ArgumentAliases.Apply(Tool, JsonElement.Parse(sent)).GetRawText();
}
