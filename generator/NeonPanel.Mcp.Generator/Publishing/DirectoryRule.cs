using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Publishing;

/// <summary>One thing that a directory asks for.</summary>
/// <param name="Key">The rule's name after that of the directory, such as <c>hints</c> in <c>chatgpt.hints</c>.</param>
/// <param name="Severity">An error if the directory refuses, a warning if it advises, or if only a person can
/// judge.</param>
/// <param name="Says">What the directory asks for.</param>
/// <param name="Source">Where the directory says so.</param>
/// <param name="Check">Returns what violates the rule.</param>
internal sealed record DirectoryRule(
    string Key,
    Severity Severity,
    string Says,
    string Source,
    Func<Listing, IEnumerable<Violation>> Check
);

/// <summary>What violates a rule.</summary>
/// <param name="Pointer">The place in the publish file, or in the specification for a tool.</param>
/// <param name="Text">What was found, as a sentence without its full stop.</param>
internal sealed record Violation(string Pointer, string Text)
{
    /// <summary>Gets whether the place is in the specification.</summary>
    public bool IsOfTool { get; init; }

    public static Violation Of(string member, string text) => new(member.Length == 0 ? "" : "/" + member, text);

    public static Violation OfTool(Listing listing, string tool, string text) =>
        new(listing.Find(tool)?.Pointer ?? "", $"'{tool}': {text}") { IsOfTool = true };
}
