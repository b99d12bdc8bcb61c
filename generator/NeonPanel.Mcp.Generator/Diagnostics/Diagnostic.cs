using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Generator.Diagnostics;

/// <summary>A reported fault of the specification, its overlay or its lock.</summary>
/// <param name="Id"><c>NPG</c> and three digits, never reused.</param>
/// <param name="Severity">After an error, the run stops and writes nothing.</param>
/// <param name="File">The file's name as given on the command line.</param>
/// <param name="Pointer">JSON Pointer into that file (RFC 6901); empty for the whole document.</param>
/// <param name="Message">What was found, what is expected, and what to do.</param>
internal sealed record Diagnostic(string Id, Severity Severity, string File, string Pointer, string Message)
{
    /// <summary>Gets the client rule that is violated, or <see langword="null"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>Gets the clients that enforce the rule.</summary>
    public IReadOnlyList<string> Clients { get; init; } = [];

    /// <summary>Returns the diagnostic in the format that MSBuild and editors recognize. It is always one line without
    /// control characters, whatever the specification contains.</summary>
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

/// <summary>The input cannot be used. The exception carries the diagnostic that says why.</summary>
internal sealed class FaultException(Diagnostic diagnostic) : Exception(diagnostic.ToString())
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
