using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>One step: the calls of one tool.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Tool">The tool that is called.</param>
/// <param name="ForEach">The step whose rows are gone through, or <see langword="null"/> for one call.</param>
/// <param name="Row">The shape of a row.</param>
internal sealed record ComposedStep(string Name, OperationModel Tool, ComposedStep? ForEach, SchemaModel Row)
{
    /// <summary>Returns whether rows of this step come from rows of another step, or are rows of it.</summary>
    public bool IsWithin(ComposedStep other)
    {
        for (var step = this; step is not null; step = step.ForEach)
        {
            if (step == other)
            {
                return true;
            }
        }

        return false;
    }
}
