using NeonPanel.Mcp.Generator.Naming;

namespace NeonPanel.Mcp.Generator.Schemas;

/// <summary>Finds members in the shape of an answer.</summary>
internal static class MemberPath
{
    /// <summary>Finds a member by a path such as <c>vendor.name</c>. The path leads into the items of lists.</summary>
    /// <param name="fault">The end of a sentence that says what does not exist.</param>
    /// <returns><see langword="null"/> if there is no such member.</returns>
    public static SchemaModel? Find(SchemaModel shape, string path, out string fault)
    {
        fault = "";
        foreach (var name in path.Split('.'))
        {
            shape = shape.Items ?? shape;
            // An answer that the document does not describe may have any member.
            if (shape.Properties.Count == 0 && (shape.Types.Count == 0 || shape.Types.Contains("object")))
            {
                return new();
            }

            if (shape.Properties.FirstOrDefault(property => property.Name == name) is not { } found)
            {
                fault = $"'{name}' of '{path}'" + NameHint.Of(name, shape.Properties.Select(own => own.Name));
                return null;
            }

            shape = found.Schema;
        }

        return shape;
    }
}
