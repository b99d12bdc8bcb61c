using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>Reads and checks the steps of a composed tool.</summary>
internal sealed class ComposedSteps
{
    private const int MaxPages = 1000;

    private static readonly string[] Members =
    [
        "call",
        "forEach",
        "with",
        "rows",
        "pages",
        "where",
        "when",
        "ifEmpty",
        "label",
    ];

    private readonly IReadOnlyList<OperationModel> tools;
    private readonly ComposedDeclaration declared;
    private readonly ComposedArguments arguments;
    private readonly Dictionary<string, ComposedStep> steps = new(StringComparer.Ordinal);

    private ComposedSteps(
        IReadOnlyList<OperationModel> tools,
        ComposedDeclaration declared,
        ComposedArguments arguments
    )
    {
        this.tools = tools;
        this.declared = declared;
        this.arguments = arguments;
    }

    /// <exception cref="FaultException">A step cannot work.</exception>
    public static IReadOnlyDictionary<string, ComposedStep> Read(
        IReadOnlyList<OperationModel> tools,
        ComposedDeclaration declared,
        ComposedArguments arguments
    )
    {
        var reader = new ComposedSteps(tools, declared, arguments);
        foreach (var (name, node) in declared.Node.Members("steps"))
        {
            reader.Read(name, node as JsonObject, JsonPointer.Append(declared.Place + "/steps", name));
        }

        return reader.steps.Count > 0
            ? reader.steps
            : throw declared.Faults.At(declared.Place, "'steps' must have at least one step");
    }

    private FaultException Fault(string place, string what) => declared.Faults.At(place, what);

    private void Read(string name, JsonObject? node, string place)
    {
        if (node is null)
        {
            throw Fault(place, "a step is an object");
        }

        declared.Faults.CheckMembers(node, Members, place);
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw Fault(place, $"the name of the step '{name}' must not have a dot");
        }

        var tool = Tool(node, place);
        var forEach = node.Text("forEach") is { } other ? Step(other, place, "forEach") : null;
        var step = new ComposedStep(name, tool, forEach, Row(tool, node, place));
        CheckWith(step, node, place);
        if (node["pages"] is { } pages)
        {
            CheckPages(step, pages, place);
        }

        if (node.Text("label") is { } label)
        {
            Member(step, label, place);
        }

        var conditions = new ComposedConditions(declared.Faults, arguments);
        conditions.Check(node["where"], place + "/where", path => Member(step, path, place + "/where"));
        conditions.CheckWhen(node["when"], place + "/when");
        foreach (var empty in node.Items("ifEmpty"))
        {
            Step(empty?.ToString() ?? "", place, "ifEmpty");
        }

        steps[name] = step;
    }

    private OperationModel Tool(JsonObject node, string place)
    {
        var name = node.Text("call") ?? throw Fault(place, "'call' must name the tool to call");
        var tool = tools.FirstOrDefault(tool => tool.ToolName == name)
            ?? throw Fault(place, $"'call' names the tool '{name}', which does not exist");
        return tool.Hints.ReadOnly
            ? tool
            : throw Fault(place, $"'call' names the tool '{name}', which changes something; a step only reads");
    }

    private ComposedStep Step(string name, string place, string member) =>
        steps.GetValueOrDefault(name)
        ?? throw Fault(
            place,
            $"'{member}' names the step '{name}', which does not stand before this one" + NameHint.Of(name, steps.Keys)
        );

    private SchemaModel Row(OperationModel tool, JsonObject node, string place)
    {
        if (node.Text("rows") is not { } path)
        {
            return tool.AnswerShape;
        }

        var list = MemberPath.Find(tool.AnswerShape, path, out var fault)
            ?? throw Fault(place, $"'rows': the answer of '{tool.ToolName}' has no member {fault}");
        return list.Types.Count == 0 || list.Types.Contains("array")
            ? list.Items ?? new()
            : throw Fault(place, $"'rows': '{path}' of '{tool.ToolName}' is not a list");
    }

    private void CheckPages(ComposedStep step, JsonNode pages, string place)
    {
        if (pages is not JsonValue value || !value.TryGetValue<int>(out var most) || most is < 1 or > MaxPages)
        {
            throw Fault(place, $"'pages' must be the most pages to read, from 1 to {MaxPages}");
        }

        var names = step.Tool.Arguments.Properties.Select(property => property.Name);
        if (step.Tool.Paging is null && !names.Any(IsPageArgument))
        {
            throw Fault(place, $"'pages': '{step.Tool.ToolName}' has no argument that chooses a page");
        }
    }

    // The server recognizes these and more; see ToolPaging of the tools' library.
    private static bool IsPageArgument(string name) =>
        name.Contains("page", StringComparison.OrdinalIgnoreCase)
        || name.Contains("cursor", StringComparison.OrdinalIgnoreCase)
        || name.Contains("token", StringComparison.OrdinalIgnoreCase)
        || name
            is "offset"
                or "skip"
                or "start"
                or "startAt"
                or "startIndex"
                or "after"
                or "marker"
                or "starting_after";

    private void CheckWith(ComposedStep step, JsonObject node, string place)
    {
        place += "/with";
        var known = step.Tool.Arguments.Properties;
        foreach (var (name, value) in node.Members("with"))
        {
            if (known.All(property => property.Name != name))
            {
                throw Fault(
                    place,
                    $"the tool '{step.Tool.ToolName}' has no argument '{name}'"
                        + NameHint.Of(name, known.Select(property => property.Name))
                );
            }

            CheckValue(step, value, JsonPointer.Append(place, name));
        }

        if (known.FirstOrDefault(own => own.IsRequired && !node.Members("with").ContainsKey(own.Name)) is { } missing)
        {
            throw Fault(place, $"the tool '{step.Tool.ToolName}' needs the argument '{missing.Name}'");
        }
    }

    private void CheckValue(ComposedStep step, JsonNode? value, string place)
    {
        if (value is not JsonObject { Count: 1 } source)
        {
            throw Fault(place, "a value is one of {\"argument\": …}, {\"member\": …} and {\"value\": …}");
        }

        var (kind, given) = source.Single<KeyValuePair<string, JsonNode?>>();
        switch (kind)
        {
            case "value":
                break;
            case "argument":
                CheckArgument(given?.ToString() ?? "", place);
                break;
            case "member":
                CheckMember(step, given?.ToString() ?? "", place);
                break;
            default:
                throw Fault(place, $"a value is from 'argument', 'member' or 'value', not '{kind}'");
        }
    }

    private void CheckArgument(string name, string place)
    {
        if (!arguments.Names.Contains(name))
        {
            throw Fault(place, $"there is no argument '{name}'" + NameHint.Of(name, arguments.Names));
        }
    }

    private void CheckMember(ComposedStep step, string path, string place)
    {
        var at = path.IndexOf('.', StringComparison.Ordinal);
        var name = at < 0 ? path : path[..at];
        if (
            at < 0
            || !steps.TryGetValue(name, out var other)
            || step.ForEach is not { } source
            || !source.IsWithin(other)
        )
        {
            throw Fault(
                place,
                $"'{path}' must be a member of a row that the step goes through (forEach), such as {step.ForEach?.Name ?? "step"}.id"
            );
        }

        Member(other, path[(at + 1)..], place);
    }

    private void Member(ComposedStep step, string path, string place)
    {
        if (MemberPath.Find(step.Row, path, out var fault) is null)
        {
            throw Fault(place, $"the rows of '{step.Name}' ({step.Tool.ToolName}) have no member {fault}");
        }
    }
}
