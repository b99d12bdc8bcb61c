using System.Text;
using NeonPanel.Mcp.SafeText;
using Spectre.Console;

namespace NeonPanel.Mcp.Generator.Terminal;

/// <summary>Writes whole lines to a terminal. All that the generator says passes through here, so nothing that a
/// specification holds can command the terminal: what is no visible character is written as its code point.</summary>
internal sealed class TerminalWriter(IAnsiConsole console) : TextWriter
{
    private readonly StringBuilder line = new();

    public override Encoding Encoding => console.Profile.Encoding;

    public override void Write(char value)
    {
        if (value == '\n')
        {
            WriteLine(line.ToString().TrimEnd('\r'), end: true);
        }
        else
        {
            line.Append(value);
        }
    }

    /// <summary>Writes what lacks its line end.</summary>
    public override void Flush() => WriteLine(line.ToString(), end: false);

    private void WriteLine(string text, bool end)
    {
        line.Clear();
        // A carriage return would write over what stands there.
        var visible = VisibleText.Of(text).Replace("\r", "[U+000D]", StringComparison.Ordinal);
        var paragraph = new Paragraph();
        foreach (var (part, style) in Paint.Line(visible))
        {
            paragraph.Append(part, style);
        }

        console.Write(visible.Length == 0 ? Text.Empty : paragraph);
        if (end)
        {
            console.WriteLine();
        }
    }
}
