using System.Text.RegularExpressions;
using Spectre.Console;

namespace NeonPanel.Mcp.Generator.Terminal;

/// <summary>Colors complete lines. The text of a line stays the same as in a pipe or a file.</summary>
internal static partial class Paint
{
    private static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);
    private static readonly Style Doubtful = new(Color.Yellow, decoration: Decoration.Bold);
    private static readonly Style Good = new(Color.Green, decoration: Decoration.Bold);

    /// <summary>Divides a line into parts with a style: the severity of a diagnostic, the verdict of a comparison and
    /// its classes.</summary>
    public static IEnumerable<(string Text, Style Style)> Line(string line)
    {
        var match = Word().Match(line);
        if (!match.Success)
        {
            yield return (line, Style.Plain);
            yield break;
        }

        var word = match.Groups["word"];
        yield return (line[..word.Index], Style.Plain);
        yield return (
            word.Value,
            word.Value switch
            {
                "error" or "Breaking" => Bad,
                "warning" or "Risky" => Doubtful,
                _ => Good,
            }
        );
        var rest = line[(word.Index + word.Length)..];
        var callers = Callers().Match(rest);
        yield return (callers.Success ? rest[..callers.Index] : rest, Style.Plain);
        yield return (callers.Value, Doubtful);
    }

    // Matches only where the generator itself writes the word: before a diagnostic id, or at the beginning of a line.
    [GeneratedRegex(
        @"(?<=: )(?<word>error|warning)(?= NPG[0-9]{3}: )|^(?<word>Breaking|Risky|Additive)(?= for agents: |$)|^(?<word>No change)(?=[:.])"
    )]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=Typed C# callers: )breaking(?= \([0-9]+ of the changes\)\.$)")]
    private static partial Regex Callers();
}
