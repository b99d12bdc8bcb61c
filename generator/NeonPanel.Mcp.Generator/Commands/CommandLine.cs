using System.CommandLine;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>Parses the command line, runs a verb, and returns its exit code. Only the folder <c>Commands</c> uses the
/// disk.</summary>
internal static class CommandLine
{
    /// <param name="stages">Receives the current step, or <see langword="null"/>.</param>
    public static int Run(
        string[] args,
        TextReader input,
        TextWriter output,
        TextWriter errors,
        IProgress<string>? stages = null
    )
    {
        var root = new RootCommand("Turns an OpenAPI description into a typed client and MCP tools.");
        foreach (var verb in new Verbs(input, output, errors, stages).All())
        {
            root.Subcommands.Add(verb);
        }

        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                errors.WriteLine(error.Message);
            }

            return ExitCodes.Usage;
        }

        try
        {
            return result.Invoke(
                new()
                {
                    Output = output,
                    Error = errors,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (FaultException fault)
        {
            Report([fault.Diagnostic], errors, result.GetResult("--lines") is not null);
            return ExitCodes.Faults;
        }
        // The remaining causes: a full disk behind standard output, a folder that must not be listed.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(exception.Message);
            return ExitCodes.Faults;
        }
    }

    /// <summary>Writes diagnostics.</summary>
    /// <returns>Whether there were any.</returns>
    /// <param name="hasLines">Whether they name line and column.</param>
    public static bool Report(IEnumerable<Diagnostic> diagnostics, TextWriter errors, bool hasLines = false)
    {
        var any = false;
        foreach (var diagnostic in diagnostics)
        {
            errors.WriteLine(hasLines ? diagnostic.ToString(PlaceOf(diagnostic)) : diagnostic.ToString());
            any = true;
        }

        return any;
    }

    private static TextPlace PlaceOf(Diagnostic diagnostic)
    {
        if (diagnostic.Place is { } place)
        {
            return place;
        }

        return diagnostic.Pointer.Length > 0 && File.Exists(diagnostic.File)
            ? PlaceFinder.Find(File.ReadAllBytes(diagnostic.File), diagnostic.Pointer)
            : new(1, 1);
    }
}
