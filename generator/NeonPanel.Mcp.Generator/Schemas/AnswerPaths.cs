namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>The paths of the members of an answer, such as <c>data.vendor.name</c>. A list adds no step.</summary>
internal static class AnswerPaths
{
    public static IEnumerable<string> Of(SchemaModel shape, string prefix = "")
    {
        foreach (var property in Inner(shape).Properties)
        {
            yield return prefix + property.Name;
            foreach (var path in Of(property.Schema, $"{prefix}{property.Name}."))
            {
                yield return path;
            }
        }
    }

    /// <summary>Returns whether the first path leads through the second.</summary>
    public static bool IsBelow(string path, string parent) => path.StartsWith(parent + ".", StringComparison.Ordinal);

    private static SchemaModel Inner(SchemaModel shape)
    {
        while (shape.Items is { } items)
        {
            shape = items;
        }

        return shape;
    }
}
