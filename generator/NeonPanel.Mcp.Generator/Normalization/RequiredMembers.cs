using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Adds the members that <c>required</c> names and no part of the schema declares. By JSON Schema they may be
/// anything, and without them no value fits, so they can be given.</summary>
internal static class RequiredMembers
{
    /// <param name="schema">The schema of a value, its parts and forms merged.</param>
    /// <param name="tell">Receives each name that the schema requires and forbids.</param>
    public static SchemaModel Add(SchemaModel schema, Action<string> tell)
    {
        if (schema.Alternatives.Count > 0)
        {
            schema = schema with { Alternatives = [.. schema.Alternatives.Select(form => Add(form, _ => { }))] };
        }

        if (schema.RequiredAnywhere.Count == 0)
        {
            return schema;
        }

        var known = schema.Properties.Select(property => property.Name).Concat(schema.Untold);
        var missing = schema.RequiredAnywhere.Except(known).Order(StringComparer.Ordinal).ToList();
        if (missing.Count == 0 || schema.IsOutline || !(schema.Types.Contains("object") || schema.Properties.Count > 0))
        {
            return schema;
        }

        var added = new List<PropertyModel>();
        foreach (var name in missing)
        {
            var isRequired = schema.Required.Contains(name);
            if (schema.IsClosed && !isRequired)
            {
                continue;
            }

            if (schema.IsClosed)
            {
                tell(name);
            }

            added.Add(new(name, schema.AdditionalProperties ?? new(), isRequired) { IsDeclared = false });
        }

        return schema with
        {
            Properties = [.. schema.Properties, .. added],
        };
    }
}
