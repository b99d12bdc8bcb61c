using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>An attempt of an agent at a question.</summary>
/// <param name="Before">The journal that it found.</param>
/// <param name="After">The journal that it left.</param>
/// <param name="Calls">How many tools it called.</param>
internal sealed record Attempt(string Answer, Journal Before, Journal After, int Calls)
{
    /// <summary>Gets the names of the tools that the agent had; <see langword="null"/> for all.</summary>
    public IReadOnlySet<string>? Tools { get; init; }

    /// <summary>Whether the agent had a tool.</summary>
    public bool Has(string tool) => Tools?.Contains(tool) ?? true;

    /// <summary>Gets the part that is judged: what follows the last "Answer:", else all of it.</summary>
    public string Final => Answers.Final(Answer);
}

/// <summary>The verdict of a check on an attempt.</summary>
/// <param name="Fault">Why the attempt is wrong; <see langword="null"/> if it is right.</param>
internal readonly record struct Verdict(string? Fault)
{
    public static readonly Verdict Right = new(null);

    public bool IsRight => Fault is null;

    public static Verdict Wrong(string fault) => new(fault);
}

/// <summary>Judges one side of an attempt.</summary>
internal abstract record Check
{
    /// <summary>Gets the kind, in the words of the tables.</summary>
    public abstract string Kind { get; }

    public abstract Verdict Judge(Attempt attempt);
}
