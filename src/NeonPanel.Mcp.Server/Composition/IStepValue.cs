using System.Text.Json;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>The source of an argument of a step's call.</summary>
internal interface IStepValue
{
    /// <summary>Returns the value: a JSON element, a cell, or <see langword="null"/> if there is none.</summary>
    object? Of(JsonElement arguments, StepRow? row);
}

/// <summary>A value that the declaration contains.</summary>
internal sealed record ConstantValue(JsonElement Value) : IStepValue
{
    public object? Of(JsonElement arguments, StepRow? row) => Value;
}

/// <summary>An argument of the composed call.</summary>
internal sealed record ArgumentValue(string Name) : IStepValue
{
    public object? Of(JsonElement arguments, StepRow? row) =>
        arguments.TryGetProperty(Name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

/// <summary>A member of the row that the step goes through, or of a row around it.</summary>
internal sealed record MemberValue(StepPlan Step, int Place) : IStepValue
{
    public object? Of(JsonElement arguments, StepRow? row) => Step.RowOf(row)?.Cells[Place];
}
