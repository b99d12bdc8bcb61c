using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Collects the changes of one tool.</summary>
/// <param name="from">The tool in the older catalogue.</param>
/// <param name="to">The tool in the newer catalogue.</param>
/// <param name="changes">Receives the changes.</param>
internal sealed class ChangeList(ComparedTool from, ComparedTool to, List<Change> changes)
{
    public ComparedTool From => from;

    public ComparedTool To => to;

    public void Add(
        ChangeClass @class,
        CallerImpact caller,
        ChangeKind kind,
        string sentence,
        JsonNode? before = null,
        JsonNode? after = null,
        string subject = "",
        string? pointer = null
    ) =>
        changes.Add(
            new(@class, caller, kind, from.Name, subject, sentence)
            {
                Operation = from.Operation,
                Pointer = pointer ?? to.Places.Tool,
                Before = before?.DeepClone(),
                After = after?.DeepClone(),
            }
        );

    public void AddMove(ChangeClass @class, CallerImpact caller, ChangeKind kind, string sentence) =>
        changes.Add(
            new(@class, caller, kind, from.Name, "", sentence)
            {
                Operation = from.Operation,
                MovedTo = from.Operation == to.Operation ? null : to.Operation,
                Pointer = to.Places.Tool,
                Before = from.Operation == to.Operation ? from.Name : from.Operation.ToString(),
                After = from.Operation == to.Operation ? to.Name : to.Operation.ToString(),
            }
        );

    /// <summary>Describes a schema briefly, for a reader of the report.</summary>
    public static JsonNode? Brief(SchemaModel schema)
    {
        var text = new JsonObject { ["type"] = schema.Types.Count == 0 ? "any" : string.Join(" or ", schema.Types) };
        if (schema.Format is not null)
        {
            text["format"] = schema.Format;
        }

        if (schema.Enum.Count > 0)
        {
            text["enum"] = new JsonArray([.. schema.Enum.Select(value => value.DeepClone())]);
        }

        return text;
    }
}
