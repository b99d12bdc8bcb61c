using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads and validates the overlay's <c>x-mcp.research</c>.</summary>
internal sealed partial class ResearchReader(SpecificationDocument document, IReadOnlyList<OperationModel> tools)
{
    private const string Pointer = "/x-mcp/research";
    private const string AsMoney = ":money";

    private static readonly string[] OwnNames = ["fetch", "search"];

    /// <returns><see langword="null"/> for a document without sources.</returns>
    /// <exception cref="FaultException">The declaration names an operation, argument or member that does not
    /// exist.</exception>
    public ResearchModel? Read()
    {
        if (document.Root["x-mcp"].Get("research") is not JsonObject research)
        {
            return null;
        }

        if (tools.FirstOrDefault(tool => OwnNames.Contains(tool.ToolName)) is { } taken)
        {
            throw Fault(
                Pointer,
                $"the tool '{taken.ToolName}' exists already; give its operation another name (x-mcp.name)"
            );
        }

        var scope = research["scope"] is JsonObject given ? Source(given, Pointer + "/scope") : null;
        return new(
            research.Text("profile") ?? "research",
            scope,
            research["scope"].Text("argument"),
            [
                .. research
                    .Items("sources")
                    .Select((source, index) => Source(source as JsonObject ?? [], $"{Pointer}/sources/{index}")),
            ]
        )
        {
            ScopeShort = research["scope"].Text("short"),
        };
    }

    private ResearchSourceModel Source(JsonObject source, string place)
    {
        var list = Tool(source, "list", place)
            ?? throw Fault(place, "'list' must name the tool that lists the records");
        var read = Tool(source, "read", place);
        var items = Member(source, "items", place);
        CheckIdAndTitle(source, list, items, place);
        IReadOnlyList<string> cite = [.. source.Items("cite").Select(part => part?.ToString() ?? "")];
        IReadOnlyList<string> match = [.. source.Items("match").Select(part => part?.ToString() ?? "")];
        CheckMembers(list, items, cite.SelectMany(Places).Concat(match), place);
        CheckArgument(list, source.Text("search"), place);
        CheckArgument(read, source.Text("argument"), place);
        return new(
            Member(source, "kind", place),
            list,
            items,
            source.Text("id")!,
            source.Text("title")!,
            source.Text("search"),
            read,
            read is null ? null : source.Text("argument")
        )
        {
            Label = source.Text("label") ?? Capital(source.Text("kind")!),
            Cite = cite,
            Match = match,
            Inside = source.Text("inside"),
            IsLast = source.IsTrue("last"),
        };
    }

    private void CheckIdAndTitle(JsonObject source, OperationModel list, string items, string place)
    {
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
    }

    private void CheckMembers(OperationModel list, string items, IEnumerable<string> paths, string place)
    {
        var shape = list.AnswerShape.Properties.First(property => property.Name == items).Schema;
        foreach (var path in paths)
        {
            if (MemberPath.Find(shape, path, out var fault) is null)
            {
                throw Fault(place, $"the items of '{list.ToolName}' have no member {fault}");
            }
        }
    }

    private void CheckArgument(OperationModel? tool, string? name, string place)
    {
        if (tool is not null && name is not null && tool.Arguments.Properties.All(property => property.Name != name))
        {
            throw Fault(place, $"the tool '{tool.ToolName}' has no argument '{name}'");
        }
    }

    private OperationModel? Tool(JsonObject source, string name, string place) =>
        source.Text(name) is not { } id
            ? null
            : tools.FirstOrDefault(tool => tool.ToolName == id)
                ?? throw Fault(place, $"'{name}' names the tool '{id}', which does not exist");

    private string Member(JsonObject source, string name, string place) =>
        source.Text(name) ?? throw Fault(place, $"'{name}' is missing");

    private FaultException Fault(string place, string what) =>
        new(
            new(
                DiagnosticIds.OverlayMember,
                Severity.Error,
                document.File,
                place,
                $"x-mcp.research: {what}. Correct the overlay."
            )
        );

    // The members that a part of a title names in braces.
    private static IEnumerable<string> Places(string part) =>
        Place()
            .Matches(part)
            .Select(match => match.Groups[1].Value)
            .Select(name => name.EndsWith(AsMoney, StringComparison.Ordinal) ? name[..^AsMoney.Length] : name);

    private static string Capital(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Place();
}
