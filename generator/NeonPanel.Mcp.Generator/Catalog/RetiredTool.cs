namespace NeonPanel.Mcp.Generator.Catalog;

/// <summary>A retired tool, whose operation no longer exists.</summary>
/// <param name="Successor">The tool to call instead, or <see langword="null"/>.</param>
/// <param name="Text">Further information for callers; may be empty.</param>
internal sealed record RetiredTool(string Name, string? Successor, string Text)
{
    /// <summary>Gets the message for a model that calls the tool.</summary>
    public string Sentence =>
        (Successor, Text) switch
        {
            (null, "") =>
                $"The tool '{Name}' is gone: the API no longer offers what was behind it, and nothing takes its place.",
            (null, _) => $"There is no tool '{Name}'. {Text}",
            (_, "") => $"The tool '{Name}' is gone. Call '{Successor}' instead.",
            _ => $"The tool '{Name}' is gone. Call '{Successor}' instead. {Text}",
        };
}
