namespace NeonPanel.Mcp.Server.Composition;

/// <summary>One row of a step: the members that the plan uses, and the row that it was read for.</summary>
/// <param name="Step">The step.</param>
/// <param name="Parent">The row of the step that was gone through, or <see langword="null"/>.</param>
/// <param name="Cells">The values, in the order of <see cref="StepPlan.Members"/>.</param>
internal sealed record StepRow(StepPlan Step, StepRow? Parent, object?[] Cells);
