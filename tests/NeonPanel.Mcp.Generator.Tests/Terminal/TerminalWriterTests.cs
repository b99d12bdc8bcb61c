using System.Globalization;
using NeonPanel.Mcp.Generator.Terminal;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Terminal;

internal sealed class TerminalWriterTests
{
    [TestCase("spec.json#/paths/~1a: error NPG004: No id.", "error")]
    [TestCase("spec.json#/paths/~1a: warning NPG032: No text.", "warning")]
    [TestCase(
        "Breaking for agents: calls that worked are refused (1 breaking). Typed C# callers: compatible.",
        "Breaking"
    )]
    [TestCase(
        "Risky for agents: texts alone changed (1 risky). Typed C# callers: breaking (1 of the changes).",
        "Risky"
    )]
    [TestCase(
        "Risky for agents: texts alone changed (1 risky). Typed C# callers: breaking (1 of the changes).",
        "breaking"
    )]
    [TestCase("Additive", "Additive")]
    [TestCase("No change: agents and typed callers find everything as it was.", "No change")]
    public void Write_WordThatJudges_IsColored(string line, string word) =>
        Assert.That(Written(line + "\n"), Does.Match($"\u001b\\[[0-9;]+m{word}\u001b\\[0m"));

    [TestCase("  bills_list: Riskyerror NPG1 is a warning of Breaking things")]
    [TestCase("59 tools, 8 operations excluded; 14760 tokens.")]
    [TestCase("")]
    public void Write_OtherLine_IsAsItWas(string line) => Assert.That(Written(line + "\n"), Is.EqualTo(line + "\n"));

    [Test]
    public void Write_TextsOfASpecification_CannotCommandTheTerminal()
    {
        var written = Written("[red]x[/] \u001b[2J\u001b]0;title\u0007 a\rb \u202e\u009b31m #[[/]\n");
        Assert.That(
            written,
            Is.EqualTo("[red]x[/] [U+001B][2J[U+001B]]0;title[U+0007] a[U+000D]b [U+202E][U+009B]31m #[[/]\n")
        );
    }

    [Test]
    public void Write_LongLine_IsNotFolded()
    {
        var line = string.Join(' ', Enumerable.Repeat("pointer", 2_000));
        Assert.That(Written(line + "\n"), Is.EqualTo(line + "\n"));
    }

    [Test]
    public void Write_WithoutColor_WritesTheText()
    {
        const string text = "a#/b: error NPG004: No id.\r\nBreaking\n\nno line end";
        Assert.That(Written(text, isPlain: true), Is.EqualTo("a#/b: error NPG004: No id.\nBreaking\n\nno line end"));
    }

    private static string Written(string text, bool isPlain = false)
    {
        using var target = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var writer = new TerminalWriter(Consoles.Over(target, isPlain)))
        {
            writer.Write(text);
            writer.Flush();
        }

        // The library ends lines as the system does.
        return target.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
