using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>The C# type of a value in the typed client, as far as it affects a caller's source code.</summary>
/// <param name="Name">The type without its question mark. All types that the document defines have the same name
/// here.</param>
/// <param name="IsValue">Whether it is a value type. A nullable value type is a different type.</param>
/// <param name="IsNullable">Whether the value may be null.</param>
internal readonly record struct TypedType(string Name, bool IsValue, bool IsNullable)
{
    public static TypedType Of(SchemaModel schema, bool isRequired)
    {
        var name = NameOf(schema);
        return new(name, name is "long" or "decimal" or "bool", !isRequired || schema.Nullable);
    }

    /// <summary>Returns the effect of a changed argument type on a caller, who sets the value.</summary>
    public static CallerImpact OfArgument(TypedType before, TypedType after) =>
        before.Name != after.Name || (before.IsNullable && !after.IsNullable)
            ? CallerImpact.Breaking
            : CallerImpact.Compatible;

    /// <summary>Returns the effect of a changed answer type on a caller, who reads the value.</summary>
    public static CallerImpact OfAnswer(TypedType before, TypedType after) =>
        before.Name != after.Name
        || (after.IsNullable && !before.IsNullable)
        || (before.IsNullable != after.IsNullable && before.IsValue)
            ? CallerImpact.Breaking
            : CallerImpact.Compatible;

    private static string NameOf(SchemaModel schema) =>
        schema.Types switch
        {
            ["integer"] => "long",
            ["number"] => "decimal",
            ["boolean"] => "bool",
            ["string"] => schema.Format is "byte" or "binary" ? schema.Format : "string",
            ["array"] => $"List<{(schema.Items is null ? "object" : NameOf(schema.Items))}>",
            ["object"] => schema.Properties.Count > 0 ? "class" : "object",
            _ => "object",
        };
}
