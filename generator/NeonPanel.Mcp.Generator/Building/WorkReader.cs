using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the tools that begin a long work (<c>x-mcp.task</c>): which tool reads the state of the work, and
/// which states end it.</summary>
internal sealed class WorkReader : DeclarationReader
{
    private const string Member = "task";
    private const string State = "state";

    private static readonly string[] Known = ["poll", "id", State, "working", "failed", "cancelled", "cancel"];

    private WorkReader(SpecificationDocument document, OperationModel tool, IReadOnlyList<OperationModel> tools)
        : base(document, tool, tools, Member) { }

    /// <param name="document">The specification after the overlay was applied.</param>
    /// <param name="tool">The tool that begins the work.</param>
    /// <param name="tools">All tools that are operations.</param>
    /// <returns><see langword="null"/> if the overlay does not declare it.</returns>
    /// <exception cref="FaultException">The declaration names a tool, an argument, a member or a state that does not
    /// exist.</exception>
    public static WorkModel? Read(
        SpecificationDocument document,
        OperationModel tool,
        IReadOnlyList<OperationModel> tools
    ) =>
        tool.Source.Extension[Member] is JsonObject declaration
            ? new WorkReader(document, tool, tools).Read(declaration)
            : null;

    private WorkModel Read(JsonObject declaration)
    {
        if (declaration.Select(member => member.Key).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw Fault($"there is no member '{unknown}'{Near(unknown, Known)}");
        }

        var poll = Find(declaration.Text("poll") ?? "");
        if (!poll.Hints.ReadOnly)
        {
            throw Fault($"'{poll.ToolName}' must be a tool that only reads, because it is called again and again");
        }

        if (
            (declaration["id"] as JsonObject)?.ToList() is not [{ Value: JsonValue path } id]
            || path.GetValueKind() != JsonValueKind.String
        )
        {
            throw Fault(
                "'id' must be an object with one member: an argument of the tool that reads the state, and where its value is in the answer"
            );
        }

        RequireArgument(poll, id.Key);
        RequireMember(Tool, path.ToString());
        var shared = Shared(poll, id.Key);
        var state = declaration.Text(State);
        if (state is not null)
        {
            RequireMember(poll, state);
        }

        return new(poll.ToolName, id.Key, path.ToString(), shared)
        {
            State = state,
            Working = States(declaration, "working", poll, state),
            Failed = States(declaration, "failed", poll, state),
            Cancelled = States(declaration, "cancelled", poll, state),
            Cancel = Cancel(declaration.Text("cancel"), [id.Key, .. shared]),
        };
    }

    // All other arguments of the tool that reads the state come from the call.
    private List<string> Shared(OperationModel poll, string id)
    {
        var own = Tool.Arguments.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var shared = poll
            .Parameters.Where(parameter => parameter.Argument != id && own.Contains(parameter.Argument))
            .Select(parameter => parameter.Argument)
            .ToList();
        return Missing(poll, [id, .. shared]) is { } missing
            ? throw Fault(
                $"'{poll.ToolName}' needs '{missing}', which is neither in 'id' nor an argument of '{Tool.ToolName}'"
            )
            : shared;
    }

    private string? Cancel(string? name, IReadOnlyList<string> arguments)
    {
        if (name is null)
        {
            return null;
        }

        var cancel = Find(name);
        return Missing(cancel, arguments) is { } missing
            ? throw Fault($"'{name}' needs '{missing}', which the tool that reads the state does not have")
            : name;
    }

    private static string? Missing(OperationModel of, IReadOnlyList<string> given) =>
        of
            .Parameters.Where(parameter => parameter.IsRequired)
            .Select(parameter => parameter.Argument)
            .Concat(of.Arguments.Properties.Where(property => property.IsRequired).Select(property => property.Name))
            .FirstOrDefault(argument => !given.Contains(argument));

    private List<string> States(JsonObject declaration, string member, OperationModel poll, string? path)
    {
        if (declaration[member] is not { } declared)
        {
            return [];
        }

        if (path is null)
        {
            throw Fault($"'{member}' needs '{State}': where the state is in the answer of '{poll.ToolName}'");
        }

        if (
            declared is not JsonArray list
            || list.Any(word => word is not JsonValue || word.GetValueKind() != JsonValueKind.String)
        )
        {
            throw Fault($"'{member}' must be a list of texts");
        }

        var words = list.Select(word => word!.ToString()).ToList();
        var allowed = AllowedAt(poll.AnswerShape, path);
        return words.Find(word => allowed.Count > 0 && !allowed.Contains(word)) is { } unknown
            ? throw Fault($"'{path}' of '{poll.ToolName}' is never '{unknown}'{Near(unknown, allowed)}")
            : words;
    }

    // Empty if all values are allowed.
    private static List<string> AllowedAt(SchemaModel shape, string path)
    {
        var at = path.Split('.')
            .Aggregate((SchemaModel?)shape, (parent, name) =>
                parent?.Properties.FirstOrDefault(property => property.Name == name)?.Schema
            );
        return [.. at?.Enum.Select(value => value.ToString()) ?? []];
    }

    private void RequireMember(OperationModel of, string path)
    {
        var known = AnswerPaths.Of(of.AnswerShape).ToList();
        if (!known.Contains(path))
        {
            throw Fault($"the answer of '{of.ToolName}' has no member '{path}'{Near(path, known)}");
        }
    }
}
