using System.Text;
using NeonPanel.Mcp.SafeText;
using Spectre.Console;

namespace NeonPanel.Mcp.Generator.Terminal;

/// <summary>Writes whole lines to a terminal. All output of the generator passes through this class, so that no text of
/// a specification can control the terminal: invisible characters are written as code points.</summary>
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

    /// <summary>Writes the text after the last line end.</summary>
    public override void Flush() => WriteLine(line.ToString(), end: false);

    private void WriteLine(string text, bool end)
    {
        line.Clear();
        // A carriage return would let the following text overwrite the line.
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
