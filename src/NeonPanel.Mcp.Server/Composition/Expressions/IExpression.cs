namespace NeonPanel.Mcp.Server.Composition.Expressions;

/// <summary>Computes a value of a table's row.</summary>
internal interface IExpression
{
    /// <summary>Returns whether the steps or columns that the value needs were asked for in this call.</summary>
    bool IsAsked(ExpressionScope scope);

    /// <summary>Returns the value, or <see langword="null"/> if it is unknown.</summary>
    object? Of(ExpressionScope scope);
}
