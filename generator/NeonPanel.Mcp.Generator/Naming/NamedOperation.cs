namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>The parts of an operation from which the client's names are made.</summary>
internal sealed record NamedOperation(string Method, string Path, string? OperationId, string? Tag);
