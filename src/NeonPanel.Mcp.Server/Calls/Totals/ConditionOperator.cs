namespace NeonPanel.Mcp.Server.Calls.Totals;

internal enum ConditionOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Empty,
    NotEmpty,
}
