using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finishes the output schemas when all tools are known. Values with a proven type get it, and the schema of a
/// write does not repeat what the schema of a read already describes.</summary>
internal static class OutputSchemas
{
    /// <summary>Size in bytes from which the answer of a write is described in less depth.</summary>
    private const int WorthyOfCut = 500;

    /// <param name="seen">The kinds of values that answers had, or <see langword="null"/>.</param>
    public static List<OperationModel> Finish(IReadOnlyList<OperationModel> tools, SeenAnswers? seen)
    {
        var read = tools
            .Where(tool => tool.Hints.ReadOnly)
            .Select(tool => JsonText.Compact(tool.OutputSchema))
            .Where(schema => schema.Length > WorthyOfCut)
            .ToHashSet(StringComparer.Ordinal);
        return [.. tools.Select(tool => Finish(tool, read.Contains, seen))];
    }

    private static OperationModel Finish(OperationModel tool, Predicate<string> isRead, SeenAnswers? seen)
    {
        var marked = seen is null ? tool.AnswerShape : ProvenTypes.Mark(tool, seen);
        var listed = tool.Hints.ReadOnly || !isRead(JsonText.Compact(tool.OutputSchema)) ? marked : Root(marked);
        if (ReferenceEquals(listed, tool.AnswerShape))
        {
            return tool;
        }

        return tool with
        {
            // Only the types that clients see are checked.
            AnswerShape = Proven(tool.AnswerShape, listed),
            OutputSchema = ClientSchema.Output(listed),
        };
    }

    // An agent that writes a record knows what it sent. The tool that reads describes the inner members. Clients refuse
    // the type of a list without a schema of its items.
    private static SchemaModel Root(SchemaModel shape) =>
        shape with
        {
            Properties =
            [
                .. shape.Properties.Select(property =>
                    property with
                    {
                        Schema = property.Schema with
                        {
                            IsProven = property.Schema.IsProven && !property.Schema.Types.Contains("array"),
                            Items = null,
                            Properties = [],
                        },
                    }
                ),
            ],
        };

    private static SchemaModel Proven(SchemaModel whole, SchemaModel listed) =>
        whole with
        {
            IsProven = listed.IsProven,
            Items = whole.Items is { } items && listed.Items is { } inner ? Proven(items, inner) : whole.Items,
            Properties =
            [
                .. whole.Properties.Select(
                    (property, index) =>
                        listed.Properties.Count == 0
                            ? property
                            : property with
                            {
                                Schema = Proven(property.Schema, listed.Properties[index].Schema),
                            }
                ),
            ],
        };
}
