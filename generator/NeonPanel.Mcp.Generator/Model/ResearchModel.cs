using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Model;

/// <summary>The sources of <c>search</c> and <c>fetch</c>: the overlay's <c>x-mcp.research</c>. It refers to tools by
/// name, because tool names are more stable than operation ids.</summary>
internal sealed record ResearchModel(
    string Profile,
    ResearchSourceModel? Scope,
    string? ScopeArgument,
    IReadOnlyList<ResearchSourceModel> Sources
)
{
    private static readonly string[] Names = ["fetch", "search"];

    /// <exception cref="FaultException">The declaration names an operation, argument or member that does not
    /// exist.</exception>
    public static ResearchModel? Read(SpecificationDocument document, IReadOnlyList<OperationModel> tools)
    {
        const string pointer = "/x-mcp/research";
        if (document.Root["x-mcp"].Get("research") is not JsonObject research)
        {
            return null;
        }

        if (tools.FirstOrDefault(tool => Names.Contains(tool.ToolName)) is { } taken)
        {
            throw Fault(
                pointer,
                $"the tool '{taken.ToolName}' exists already; give its operation another name (x-mcp.name)"
            );
        }

        var scope = research["scope"] is JsonObject given ? Source(given, pointer + "/scope") : null;
        var scopeArgument = research["scope"].Text("argument");
        return new(
            research.Text("profile") ?? "research",
            scope,
            scopeArgument,
            [
                .. research
                    .Items("sources")
                    .Select((source, index) => Source(source as JsonObject ?? [], $"{pointer}/sources/{index}")),
            ]
        );

        ResearchSourceModel Source(JsonObject source, string place)
        {
            var list = Tool(source, "list", place)
                ?? throw Fault(place, "'list' must name the tool that lists the records");
            var read = Tool(source, "read", place);
            var items = Member(source, "items", place);
            var properties =
                list.OutputSchema.Get("properties").Get(items).Get("items").Get("properties") as JsonObject
                ?? throw Fault(place, $"the answer of '{list.ToolName}' has no list of objects '{items}'");
            foreach (var name in new[] { "id", "title" })
            {
                if (!properties.ContainsKey(Member(source, name, place)))
                {
                    throw Fault(place, $"the items of '{list.ToolName}' have no member '{source.Text(name)}'");
                }
            }

            Argument(list, source.Text("search"), place);
            Argument(read, source.Text("argument"), place);
            return new(
                Member(source, "kind", place),
                list,
                items,
                source.Text("id")!,
                source.Text("title")!,
                source.Text("search"),
                read,
                read is null ? null : source.Text("argument")
            );
        }

        OperationModel? Tool(JsonObject source, string name, string place) =>
            source.Text(name) is not { } id
                ? null
                : tools.FirstOrDefault(tool => tool.ToolName == id)
                    ?? throw Fault(place, $"'{name}' names the tool '{id}', which does not exist");

        string Member(JsonObject source, string name, string place) =>
            source.Text(name) ?? throw Fault(place, $"'{name}' is missing");

        void Argument(OperationModel? tool, string? name, string place)
        {
            if (tool is not null && name is not null && ServerArguments.IsFree(tool.Arguments, name))
            {
                throw Fault(place, $"the tool '{tool.ToolName}' has no argument '{name}'");
            }
        }

        FaultException Fault(string place, string what) =>
            new(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    place,
                    $"x-mcp.research: {what}. Correct the overlay."
                )
            );
    }
}

/// <summary>One kind of record. Corresponds to the server's <c>ResearchSource</c>.</summary>
internal sealed record ResearchSourceModel(
    string Kind,
    OperationModel List,
    string Items,
    string Id,
    string Title,
    string? Search,
    OperationModel? Read,
    string? ReadArgument
);
