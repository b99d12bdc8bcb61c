namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>The text of a file without clients and types.</summary>
/// <param name="Begin">The part before the clients.</param>
/// <param name="Between">The part between clients and types.</param>
/// <param name="End">The part after the types.</param>
internal sealed record FileFrame(string Begin, string Between, string End);
