using NeonPanel.Mcp.Generator.Model;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>The C# type that the typed client gives a value, as far as a caller's source depends on it.</summary>
/// <param name="Name">The type without its question mark; one word for all types that the document makes.</param>
/// <param name="IsValue">Whether it is a value type, which is another type when it may be null.</param>
/// <param name="IsNullable">Whether it may be null.</param>
internal readonly record struct TypedType(string Name, bool IsValue, bool IsNullable)
{
    public static TypedType Of(SchemaModel schema, bool isRequired)
    {
        var name = NameOf(schema);
        return new(name, name is "long" or "decimal" or "bool", !isRequired || schema.Nullable);
    }

    /// <summary>What the change of an argument's type means to a caller, who sets it.</summary>
    public static CallerImpact OfArgument(TypedType before, TypedType after) =>
        before.Name != after.Name || (before.IsNullable && !after.IsNullable)
            ? CallerImpact.Breaking
            : CallerImpact.Compatible;

    /// <summary>What the change of an answer's type means to a caller, who reads it.</summary>
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
