using NeonPanel.Mcp.SafeText;
using Spectre.Console;

namespace NeonPanel.Mcp.Generator.Terminal;

/// <summary>One run of the generator. Results go to standard output. Progress goes to standard error, and only if that
/// is a terminal.</summary>
internal sealed class Session(TextWriter output, TextWriter errors, IAnsiConsole? progress, TimeProvider clock)
{
    /// <summary>How long a run may take before it shows its progress.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates the session of this process.</summary>
    public static Session OfProcess()
    {
        var isPlain = IsPlain(Environment.GetEnvironmentVariable);
        var ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect;
        var colors = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect;
        // Progress would overwrite a specification that a person types into standard input.
        var isTyped = !Console.IsInputRedirected && Environment.GetCommandLineArgs().Contains("-");
        return new(
            Console.IsOutputRedirected
                ? Console.Out
                : new TerminalWriter(Open(Console.Out, ansi, colors, unwrapped: true)),
            Console.IsErrorRedirected
                ? Console.Error
                : new TerminalWriter(Open(Console.Error, ansi, colors, unwrapped: true)),
            isPlain || isTyped || Console.IsErrorRedirected
                ? null
                : Open(Console.Error, ansi, colors, unwrapped: false),
            TimeProvider.System
        );
    }

    /// <summary>Returns whether to use neither color nor animation, because the user disabled them (no-color.org) or
    /// nobody would see them.</summary>
    public static bool IsPlain(Func<string, string?> environment) =>
        !string.IsNullOrEmpty(environment("NO_COLOR"))
        || !string.IsNullOrEmpty(environment("CI"))
        || environment("TERM") is "dumb" or "unknown";

    /// <param name="verb">The verb to run. It receives its output, its errors, and an object to which it reports each
    /// stage.</param>
    public int Run(Func<TextWriter, TextWriter, IProgress<string>?, int> verb)
    {
        int code;
        if (progress is null)
        {
            code = verb(output, errors, null);
        }
        else
        {
            // Buffered until the progress is no longer shown. Errors are written before results, as without progress.
            using var result = new StringWriter(output.FormatProvider);
            using var faults = new StringWriter(errors.FormatProvider);
            code = Watched(progress, stages => verb(result, faults, stages));
            errors.Write(faults.ToString());
            errors.Flush();
            output.Write(result.ToString());
        }

        errors.Flush();
        output.Flush();
        return code;
    }

    private int Watched(IAnsiConsole console, Func<IProgress<string>, int> verb)
    {
        var stage = new Stage();
        var start = clock.GetTimestamp();
        var work = Task.Run(() => verb(stage));
        if (!work.IsCompleted && Task.WhenAny(work, Task.Delay(Patience, clock)).GetAwaiter().GetResult() != work)
        {
            // The progress display hides the cursor, so Ctrl+C must show it again.
            ConsoleCancelEventHandler restore = (_, _) => console.Cursor.Show();
            Console.CancelKeyPress += restore;
            console
                .Status()
                .Start(Line(), status =>
                {
                    while (Task.WhenAny(work, Task.Delay(Beat, clock)).GetAwaiter().GetResult() != work)
                    {
                        status.Status(Line());
                    }
                });
            Console.CancelKeyPress -= restore;
        }

        return work.GetAwaiter().GetResult();

        string Line() =>
            Markup.Escape(VisibleText.Of($"{stage.Name} ({clock.GetElapsedTime(start).TotalSeconds:0} s)"));
    }

    /// <summary>Opens a terminal on a writer.</summary>
    /// <param name="unwrapped">Whether long lines are not wrapped. The terminal wraps them itself; a line that this
    /// class wraps could not be copied as one line.</param>
    internal static IAnsiConsole Open(TextWriter writer, AnsiSupport ansi, ColorSystemSupport colors, bool unwrapped)
    {
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = ansi,
                ColorSystem = colors,
                Enrichment = new() { UseDefaultEnrichers = false },
            }
        );
        if (unwrapped)
        {
            console.Profile.Width = int.MaxValue;
        }

        return console;
    }

    private sealed class Stage : IProgress<string>
    {
        private volatile string name = "Working";

        public string Name => name;

        public void Report(string value) => name = value;
    }
}
