using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finds the tools that list the values of arguments. The text about an argument names such a tool: "Id from
/// listBills". The server then tells a caller that sends a name where to find the id.</summary>
internal sealed class ValueSources(IEnumerable<OperationModel> tools)
{
    private readonly List<string> lists = [.. tools.Where(tool => tool.Hints.ReadOnly).Select(tool => tool.ToolName)];

    /// <summary>Returns the arguments of a tool, each integer with the tool that its text names.</summary>
    public SchemaModel Add(OperationModel tool) => Add(tool.Arguments, tool.ToolName);

    private SchemaModel Add(SchemaModel schema, string own)
    {
        if (schema.Types is ["integer"] && schema.Lookup is null)
        {
            return schema with
            {
                Source = ToolMentions.In(schema.Description, lists).FirstOrDefault(name => name != own),
            };
        }

        return schema.Properties.Count == 0 && schema.Items is null
            ? schema
            : schema with
            {
                Properties =
                [
                    .. schema.Properties.Select(property => property with { Schema = Add(property.Schema, own) }),
                ],
                Items = schema.Items is { } items ? Add(items, own) : null,
            };
    }
}
