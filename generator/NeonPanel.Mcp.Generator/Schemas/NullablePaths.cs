namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Finds the paths at which null may occur. Clients read it in descriptions, but a lock needs the exact
/// list.</summary>
internal static class NullablePaths
{
    /// <returns>Paths such as <c>details[].rate</c>, in the order of the schema.</returns>
    public static IEnumerable<string> Of(SchemaModel schema, string path = "")
    {
        if (schema.Nullable && path.Length > 0)
        {
            yield return path;
        }

        var inside = schema
            .Properties.Select(property => (property.Name, property.Schema))
            .Concat(schema.Items is null ? [] : [("[]", schema.Items)])
            .Concat(schema.AdditionalProperties is null ? [] : [("*", schema.AdditionalProperties)]);
        foreach (var found in inside.SelectMany(part => Of(part.Item2, SchemaPath.Join(path, part.Item1))))
        {
            yield return found;
        }
    }
}
