using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>One difference between two catalogues, and its effect on callers.</summary>
/// <param name="Class">The effect on an agent.</param>
/// <param name="Caller">The effect on the source code of a typed C# caller.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="Tool">The tool's name in the older catalogue, or <see langword="null"/> if the change concerns all
/// tools.</param>
/// <param name="Subject">The argument or the member of the answer, such as <c>details[].rate</c>; otherwise
/// empty.</param>
/// <param name="Sentence">A description of the change that can be read without the specification. It does not contain
/// the tool's name.</param>
internal sealed record Change(
    ChangeClass Class,
    CallerImpact Caller,
    ChangeKind Kind,
    string? Tool,
    string Subject,
    string Sentence
)
{
    public OperationKey? Operation { get; init; }

    /// <summary>Gets the new method, path and id of a moved operation.</summary>
    public OperationKey? MovedTo { get; init; }

    /// <summary>Gets the JSON Pointer into the newer file; for something removed, into the older file.</summary>
    public string Pointer { get; init; } = "";

    public JsonNode? Before { get; init; }

    public JsonNode? After { get; init; }

    /// <summary>Gets the name, for people, of what the change concerns.</summary>
    public string Whom => Tool ?? (Kind == ChangeKind.OverlayUnmatched ? "the overlay" : "all tools");

    /// <summary>Gets the sentence, preceded by the tool's name.</summary>
    public string Text => Tool is null ? Sentence : Tool + ": " + Sentence;
}

/// <summary>The effect of a change on an agent. The worst is last.</summary>
internal enum ChangeClass
{
    /// <summary>Everything that worked still works.</summary>
    Additive,

    /// <summary>Calls still work, but a model may choose or understand the tool differently.</summary>
    Risky,

    /// <summary>Calls that worked are rejected, or do something else.</summary>
    Breaking,
}

/// <summary>The effect of a change on a C# caller of the typed client.</summary>
internal enum CallerImpact
{
    /// <summary>The source still compiles.</summary>
    Compatible,

    /// <summary>The source must be changed.</summary>
    Breaking,
}

/// <summary>Identifies an operation.</summary>
internal sealed record OperationKey(string Method, string Path, string? OperationId)
{
    public override string ToString() => $"{Method} {Path}";
}
