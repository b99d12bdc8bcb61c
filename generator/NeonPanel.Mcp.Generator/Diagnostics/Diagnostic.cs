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

    /// <summary>Gets the place where a parser stopped, or <see langword="null"/> if the pointer names the
    /// place.</summary>
    public TextPlace? Place { get; init; }

    /// <summary>Returns the diagnostic in the format that MSBuild reads: file, line and column, then the pointer after
    /// the message.</summary>
    /// <param name="place">Where the value begins that the pointer names.</param>
    public string ToString(TextPlace place)
    {
        var where = Pointer.Length > 0 ? $" [{Pointer}]" : "";
        var severity = Severity == Severity.Error ? "error" : "warning";
        return VisibleText.Of(
            $"{File}({place.Line},{place.Column}): {severity} {Id}: {Message}{where}".ReplaceLineEndings(" ")
        );
    }

    /// <summary>Returns the diagnostic in the format that MSBuild and editors recognize. It is always one line without
    /// control characters, whatever the specification contains.</summary>
    public override string ToString() =>
        VisibleText.Of(
            $"{File}#{Pointer}: {(Severity == Severity.Error ? "error" : "warning")} {Id}: {Message}".ReplaceLineEndings(
                " "
            )
        );
}

/// <summary>A place in a text. Line and column count from one.</summary>
internal readonly record struct TextPlace(int Line, int Column);

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
