using System.CommandLine;
using NeonPanel.Mcp.Generator.Diagnostics;

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
            errors.WriteLine(fault.Message);
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
    public static bool Report(IEnumerable<Diagnostic> diagnostics, TextWriter errors)
    {
        var any = false;
        foreach (var diagnostic in diagnostics)
        {
            errors.WriteLine(diagnostic);
            any = true;
        }

        return any;
    }
}
