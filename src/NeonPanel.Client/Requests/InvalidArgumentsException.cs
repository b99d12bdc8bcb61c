namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;

/// <summary>The arguments cannot be made into the request of the operation. Nothing was sent.</summary>
public sealed class InvalidArgumentsException : Exception
{
    /// <summary>Initializes the exception with every violation that was found.</summary>
    /// <param name="violations">One sentence each: the argument, what was found, what is expected.</param>
    public InvalidArgumentsException(IReadOnlyList<string> violations)
        : base(string.Join('\n', violations)) => Violations = violations;

    /// <summary>Gets every violation, one sentence each.</summary>
    public IReadOnlyList<string> Violations { get; }
}
