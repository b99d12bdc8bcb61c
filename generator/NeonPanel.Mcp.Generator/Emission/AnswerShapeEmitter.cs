using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes the shape of an answer as an object graph. The server compares answers with it.</summary>
internal static class AnswerShapeEmitter
{
    /// <summary>Returns whether the shape has a value with a proven type.</summary>
    public static bool HasProven(SchemaModel shape) =>
        shape.IsProven
        || (shape.Items is { } items && HasProven(items))
        || shape.Properties.Any(property => HasProven(property.Schema));

    public static string Emit(SchemaModel shape)
    {
        var members = new List<string>();
        if (shape.Types.Count > 0)
        {
            members.Add("Kinds = " + ValueKindsEmitter.Emit(shape.Types));
        }

        if (shape.IsProven)
        {
            members.Add("IsProven = true");
        }

        if (shape.Types is ["string"] && (shape.Format is not null || shape.Enum.Count > 0))
        {
            members.Add("IsText = true");
        }

        if (shape.Items is { } items)
        {
            members.Add("Items = " + Emit(items));
        }

        if (shape.Properties.Count > 0)
        {
            members.Add(
                "Members = new Dictionary<string, AnswerShape> { "
                    + string.Concat(
                        shape.Properties.Select(property =>
                            $"[{CSharpLiteral.Quote(property.Name)}] = {Emit(property.Schema)}, "
                        )
                    )
                    + "}"
            );
        }

        return members.Count == 0 ? "AnswerShape.Anything" : "new() { " + string.Join(", ", members) + " }";
    }
}
