using System.Text.Json;

namespace NeonPanel.Mcp.Server.Composition.Expressions;

/// <summary>The values that an expression is computed from.</summary>
/// <param name="Arguments">The arguments of the call.</param>
/// <param name="Rows">The rows of all steps.</param>
/// <param name="Row">The step's row that the table's row is made of, or <see langword="null"/> after
/// grouping.</param>
/// <param name="Columns">The columns of the table's row, or <see langword="null"/> before they are computed.</param>
/// <param name="Asked">Which columns were asked for.</param>
internal sealed record ExpressionScope(
    JsonElement Arguments,
    StepRows Rows,
    StepRow? Row = null,
    object?[]? Columns = null,
    bool[]? Asked = null
);
