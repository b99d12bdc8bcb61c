using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>A member of the rows of a list.</summary>
/// <param name="Name">The path in a row: <c>vendor.name</c>.</param>
/// <param name="Steps">The names along the path.</param>
/// <param name="Shape">What the specification says about the value.</param>
/// <param name="IsInList">Whether the row has the member more than once, inside a list.</param>
internal sealed record RowMember(string Name, IReadOnlyList<string> Steps, AnswerShape Shape, bool IsInList)
{
    private const ValueKinds Scalars = ValueKinds.Boolean | ValueKinds.Integer | ValueKinds.Number | ValueKinds.String;

    /// <summary>Gets whether the value can only be an object or a list.</summary>
    public bool IsNoScalar => Shape.Kinds != ValueKinds.None && (Shape.Kinds & Scalars) == 0;

    /// <summary>Gets whether the value cannot be a number, nor a text that holds one.</summary>
    public bool IsNoNumber => IsNoScalar || Shape.IsText || (Shape.Kinds & ~ValueKinds.Null) == ValueKinds.Boolean;

    /// <summary>Gets whether the value can only be a number.</summary>
    public bool IsNumber =>
        Shape.Kinds != ValueKinds.None
        && (Shape.Kinds & ~(ValueKinds.Integer | ValueKinds.Number | ValueKinds.Null)) == 0;

    /// <summary>Gets what the value is, for a message.</summary>
    public string Kind
    {
        get
        {
            if (Shape.Items is not null || (Shape.Kinds & ~ValueKinds.Null) == ValueKinds.Array)
            {
                return "a list";
            }

            if (IsNoScalar)
            {
                return "an object";
            }

            return IsNumber ? "a number" : "text";
        }
    }
}
