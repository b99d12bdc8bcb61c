namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;

/// <summary>The exception for arguments that do not fit the operation's request. No request was sent.</summary>
public sealed class InvalidArgumentsException : Exception
{
    /// <summary>Initializes the exception with all violations.</summary>
    /// <param name="violations">One sentence each: the argument, what was found, what is expected.</param>
    public InvalidArgumentsException(IReadOnlyList<string> violations)
        : base(string.Join('\n', violations)) => Violations = violations;

    /// <summary>Gets every violation, one sentence each.</summary>
    public IReadOnlyList<string> Violations { get; }
}
