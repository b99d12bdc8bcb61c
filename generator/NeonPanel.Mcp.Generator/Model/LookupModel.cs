using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>How the server looks up the value of a parameter by a name that people use. The overlay declares it for the
/// parameter (<c>x-mcp.lookup</c>).</summary>
/// <param name="List">Name of the tool that lists the things.</param>
/// <param name="Items">The member of its answer that contains the list.</param>
/// <param name="Value">The member of an item that contains the value for the parameter.</param>
/// <param name="Match">The members of an item that contain names.</param>
/// <param name="Format">The format of a value that needs no lookup, or <see langword="null"/>.</param>
/// <param name="Pointer">Position of the declaration in the document.</param>
internal sealed record LookupModel(
    string List,
    string Items,
    string Value,
    IReadOnlyList<string> Match,
    string? Format,
    string Pointer
)
{
    /// <returns><see langword="null"/> for a parameter without a lookup.</returns>
    public static LookupModel? Read(JsonNode? parameter, string pointer) =>
        parameter.Get("x-mcp").Get("lookup") is not JsonObject lookup
            ? null
            : new(
                lookup.Text("list") ?? "",
                lookup.Text("items") ?? "",
                lookup.Text("value") ?? "",
                [.. lookup.Items("match").Select(name => name?.ToString() ?? "")],
                lookup.Text("format"),
                pointer + "/x-mcp/lookup"
            );

    /// <exception cref="FaultException">A lookup names a tool or member that does not exist, or cannot
    /// work.</exception>
    public static void Check(SpecificationDocument document, IReadOnlyList<OperationModel> tools)
    {
        foreach (var parameter in tools.SelectMany(tool => tool.Parameters))
        {
            if (parameter.Lookup is { } lookup && FaultOf(lookup, parameter, tools) is { } fault)
            {
                throw new FaultException(
                    new(
                        DiagnosticIds.OverlayMember,
                        Severity.Error,
                        document.File,
                        lookup.Pointer,
                        $"x-mcp.lookup: {fault}. Correct the overlay."
                    )
                );
            }
        }
    }

    private static string? FaultOf(LookupModel lookup, ParameterModel parameter, IReadOnlyList<OperationModel> tools)
    {
        if (!IsText(parameter.Schema) && !(parameter.Schema.Items is { } item && IsText(item)))
        {
            return $"the parameter '{parameter.Name}' does not accept text, so that no name can be sent for it";
        }

        if (tools.FirstOrDefault(tool => tool.ToolName == lookup.List) is not { } list)
        {
            return $"'list' names the tool '{lookup.List}', which does not exist";
        }

        if (
            !list.Hints.ReadOnly
            || list.Arguments.Properties.Any(property => property.IsRequired)
            || list.Parameters.Any(own => own.Lookup is not null)
        )
        {
            return $"the tool '{list.ToolName}' cannot be asked for a list: it must only read, and need no argument and no lookup of its own";
        }

        if (
            list.OutputSchema.Get("properties").Get(lookup.Items).Get("items").Get("properties")
            is not JsonObject members
        )
        {
            return $"the answer of '{list.ToolName}' has no list of objects '{lookup.Items}'";
        }

        if (lookup.Match.Count == 0)
        {
            return "'match' must name at least one member";
        }

        if (lookup.Match.Prepend(lookup.Value).FirstOrDefault(name => !members.ContainsKey(name)) is { } missing)
        {
            return $"the items of '{list.ToolName}' have no member '{missing}'; they have {string.Join(", ", members.Select(member => member.Key))}";
        }

        return null;
    }

    private static bool IsText(SchemaModel schema) =>
        schema.Types is ["string"] && schema is { Enum.Count: 0, Pattern: null, Format: null };
}
