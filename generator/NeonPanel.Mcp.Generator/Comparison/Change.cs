using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>One difference between two catalogues, and for whom it matters.</summary>
/// <param name="Class">What it means to an agent.</param>
/// <param name="Caller">What it means to the source of a typed C# caller.</param>
/// <param name="Kind">What happened, such as <c>argument-removed</c>.</param>
/// <param name="Tool">The tool as it was called before, or <see langword="null"/> when it concerns all of them.</param>
/// <param name="Subject">The argument or the member of the answer, such as <c>details[].rate</c>; else empty.</param>
/// <param name="Sentence">What happened, in words that need no specification beside them; without the tool's
/// name.</param>
internal sealed record Change(
    ChangeClass Class,
    CallerImpact Caller,
    string Kind,
    string? Tool,
    string Subject,
    string Sentence
)
{
    /// <summary>The kind of a change that the overlay has to follow.</summary>
    public const string OverlayUnmatched = "overlay-unmatched";

    public OperationKey? Operation { get; init; }

    /// <summary>Gets what the operation has become, when it moved.</summary>
    public OperationKey? MovedTo { get; init; }

    /// <summary>Gets the JSON pointer into the newer file, or into the older one when it is gone from the
    /// newer.</summary>
    public string Pointer { get; init; } = "";

    public JsonNode? Before { get; init; }

    public JsonNode? After { get; init; }

    /// <summary>Gets what a person is told it concerns.</summary>
    public string Whom => Tool ?? (Kind == OverlayUnmatched ? "the overlay" : "all tools");

    /// <summary>Gets the sentence with the tool's name.</summary>
    public string Text => Tool is null ? Sentence : Tool + ": " + Sentence;
}

/// <summary>What a change means to an agent, the worst last.</summary>
internal enum ChangeClass
{
    /// <summary>Nothing that worked stops working.</summary>
    Additive,

    /// <summary>Calls still work, but may be chosen or read differently.</summary>
    Risky,

    /// <summary>Calls that worked are refused, or do something else.</summary>
    Breaking,
}

/// <summary>What a change means to a C# caller of the typed client.</summary>
internal enum CallerImpact
{
    /// <summary>The source still compiles.</summary>
    Compatible,

    /// <summary>The source has to be changed.</summary>
    Breaking,
}

/// <summary>What an operation is known by.</summary>
internal sealed record OperationKey(string Method, string Path, string? OperationId)
{
    public override string ToString() => $"{Method} {Path}";
}
