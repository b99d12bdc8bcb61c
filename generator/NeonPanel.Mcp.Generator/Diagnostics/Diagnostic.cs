using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Generator.Diagnostics;

/// <summary>A reported flaw of the specification, its overlay or its lock.</summary>
/// <param name="Id"><c>NPG</c> and three digits, never reused.</param>
/// <param name="Severity">Errors stop the run and nothing is written.</param>
/// <param name="File">The file as it was named on the command line.</param>
/// <param name="Pointer">JSON pointer into that file (RFC 6901), empty for the whole document.</param>
/// <param name="Message">What was found, what is expected, what to do.</param>
internal sealed record Diagnostic(string Id, Severity Severity, string File, string Pointer, string Message)
{
    /// <summary>Gets the rule of clients that is broken, or <see langword="null"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>Gets the clients that have the rule.</summary>
    public IReadOnlyList<string> Clients { get; init; } = [];

    /// <summary>Returns the line that MSBuild and editors recognize; one line, whatever the specification holds, and
    /// nothing in it that a terminal would obey.</summary>
    public override string ToString() =>
        VisibleText.Of(
            $"{File}#{Pointer}: {(Severity == Severity.Error ? "error" : "warning")} {Id}: {Message}".ReplaceLineEndings(
                " "
            )
        );
}

internal enum Severity
{
    Warning,
    Error,
}

/// <summary>The input cannot be used at all; carries the one diagnostic that says why.</summary>
internal sealed class FaultException(Diagnostic diagnostic) : Exception(diagnostic.ToString())
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
