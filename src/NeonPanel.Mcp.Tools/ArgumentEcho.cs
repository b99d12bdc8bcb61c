namespace NeonPanel.Mcp.Tools;

/// <summary>The place where an answer repeats an argument, so that the server sees whether the API applied
/// it.</summary>
/// <param name="Argument">The argument.</param>
/// <param name="Path">The names of the members from the root of the answer to the value.</param>
/// <param name="Kind">How the two values are compared.</param>
public sealed record ArgumentEcho(string Argument, IReadOnlyList<string> Path, EchoKind Kind);

/// <summary>How an argument is compared with its echo.</summary>
public enum EchoKind
{
    /// <summary>An answer without the value says nothing.</summary>
    Value,

    /// <summary>The object around the value contains every argument in force: an argument that is missing there was
    /// ignored.</summary>
    Complete,

    /// <summary>Compared only if both are whole numbers, or both are UUIDs, because an argument may also accept an
    /// alias such as <c>me</c>.</summary>
    Id,
}
