using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Why a call of a step has not read all rows.</summary>
/// <param name="Reason">The end of a sentence about the tool.</param>
/// <param name="Result">The result of the call if it failed, or <see langword="null"/>.</param>
internal sealed record StepFailure(string Reason, ToolResult? Result = null);
