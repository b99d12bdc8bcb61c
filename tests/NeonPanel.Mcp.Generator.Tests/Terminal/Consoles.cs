using NeonPanel.Mcp.Generator.Terminal;
using Spectre.Console;

namespace NeonPanel.Mcp.Generator.Tests.Terminal;

/// <summary>Terminals that are texts.</summary>
internal static class Consoles
{
    public static IAnsiConsole Over(TextWriter writer, bool isPlain = false) =>
        Session.Open(
            writer,
            isPlain ? AnsiSupport.No : AnsiSupport.Yes,
            isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            unwrapped: true
        );
}
