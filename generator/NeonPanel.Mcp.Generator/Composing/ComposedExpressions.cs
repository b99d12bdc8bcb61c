using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>Checks the expressions of columns, and finds the type of their values.</summary>
/// <param name="tools">The names of all tools.</param>
/// <param name="resolve">Returns the shape of what a text names, or throws.</param>
/// <param name="ofColumns">Whether the expressions are computed from columns, not from rows of steps.</param>
internal sealed class ComposedExpressions(
    ComposedDeclaration declared,
    ComposedArguments arguments,
    IReadOnlyDictionary<string, ComposedStep> steps,
    IReadOnlyCollection<string> tools,
    Func<string, string, SchemaModel> resolve,
    bool ofColumns = false
)
{
    private static readonly SchemaModel Number = new() { Types = ["number"] };
    private static readonly SchemaModel Text = new() { Types = ["string"] };

    private static readonly string[] Kinds =
    [
        "value",
        "argument",
        "tool",
        "sum",
        "product",
        "quotient",
        "first",
        "match",
        "join",
        "latest",
    ];

    /// <exception cref="FaultException">The expression cannot be computed.</exception>
    public SchemaModel Check(JsonNode? node, string place)
    {
        if (node is JsonValue name)
        {
            return Inner(resolve(name.ToString(), place));
        }

        if (
            node is not JsonObject expression
            || expression.Select(pair => pair.Key).Where(Kinds.Contains).ToList() is not [var kind]
        )
        {
            throw Fault(
                place,
                $"a column is the name of a member, or an object with one of {string.Join(", ", Kinds)}"
            );
        }

        return kind switch
        {
            "value" => Only(expression, place, kind, new() { Types = [TypeOf(expression[kind])] }),
            "argument" => Argument(expression, place),
            "tool" => Tool(expression, place),
            "sum" => Operands(expression, place, kind, least: 1),
            "product" => Operands(expression, place, kind, least: 2),
            "quotient" => Quotient(expression, place),
            "first" => First(expression, place),
            "match" => Match(expression, place),
            "join" => Join(expression, place),
            _ when ofColumns => throw Fault(place, "'latest' reads rows of a step, so it belongs to 'columns'"),
            _ => Latest(expression, place),
        };
    }

    private FaultException Fault(string place, string what) => declared.Faults.At(place, what);

    private SchemaModel Only(JsonObject expression, string place, string kind, SchemaModel type)
    {
        declared.Faults.CheckMembers(expression, [kind], place);
        return type;
    }

    private SchemaModel Argument(JsonObject expression, string place)
    {
        new ComposedConditions(declared.Faults, arguments).CheckArgument(expression.Text("argument") ?? "", place);
        return Only(expression, place, "argument", Text);
    }

    private SchemaModel Tool(JsonObject expression, string place)
    {
        var name = expression.Text("tool") ?? "";
        return tools.Contains(name)
            ? Only(expression, place, "tool", Text)
            : throw Fault(place, $"'tool' names the tool '{name}', which does not exist");
    }

    private SchemaModel Operands(JsonObject expression, string place, string kind, int least)
    {
        declared.Faults.CheckMembers(expression, [kind], place);
        var operands = expression[kind] is JsonArray list ? list.ToList() : [expression[kind]];
        if (operands.Count < least)
        {
            throw Fault(place, $"'{kind}' needs at least {least} operands");
        }

        foreach (var operand in operands)
        {
            Numeric(operand, place, kind);
        }

        return Number;
    }

    private void Numeric(JsonNode? operand, string place, string kind)
    {
        var type = Check(operand, place);
        if (type.Types.Count > 0 && !type.Types.Contains("number") && !type.Types.Contains("integer"))
        {
            throw Fault(
                place,
                $"'{kind}' needs numbers, but {operand!.ToJsonString()} is {string.Join(" or ", type.Types)}"
            );
        }
    }

    private SchemaModel Quotient(JsonObject expression, string place)
    {
        declared.Faults.CheckMembers(expression, ["quotient", "decimals"], place);
        if (expression["quotient"] is not JsonArray { Count: 2 } operands)
        {
            throw Fault(place, "'quotient' needs two operands");
        }

        foreach (var operand in operands)
        {
            Numeric(operand, place, "quotient");
        }

        CheckDecimals(expression, place);
        return Number;
    }

    private void CheckDecimals(JsonObject expression, string place)
    {
        if (
            expression["decimals"] is not JsonValue value
            || !value.TryGetValue<int>(out var digits)
            || digits is < 0 or > 10
        )
        {
            throw Fault(place, "'decimals' must be the digits after the point, from 0 to 10");
        }
    }

    private SchemaModel First(JsonObject expression, string place)
    {
        declared.Faults.CheckMembers(expression, ["first"], place);
        var types = expression.Items("first").Select(item => Check(item, place)).ToList();
        return types.Count > 0 ? types[0] : throw Fault(place, "'first' needs a list of expressions");
    }

    private SchemaModel Match(JsonObject expression, string place)
    {
        declared.Faults.CheckMembers(expression, ["match"], place);
        if (expression["match"] is not JsonArray { Count: 2 } operands)
        {
            throw Fault(place, "'match' needs two operands: what is compared, and with what");
        }

        foreach (var operand in operands)
        {
            Check(operand, place);
        }

        return Text;
    }

    private SchemaModel Join(JsonObject expression, string place)
    {
        declared.Faults.CheckMembers(expression, ["join", "on", "equals"], place);
        var (wanted, wantedStep) = Foreign(expression, "join", place);
        var (_, keyStep) = Foreign(expression, "on", place);
        if (wantedStep != keyStep)
        {
            throw Fault(place, "'join' and 'on' must name members of the same step");
        }

        Check(expression["equals"], place);
        return Inner(wanted);
    }

    // A member of any step, whether its rows belong to the table's rows or not.
    private (SchemaModel Shape, ComposedStep Step) Foreign(JsonObject expression, string member, string place)
    {
        var path = expression.Text(member) ?? "";
        var at = path.IndexOf('.', StringComparison.Ordinal);
        if (at < 0 || !steps.TryGetValue(path[..at], out var step))
        {
            throw Fault(
                place,
                $"'{member}' must name a member of a step, such as {steps.Keys.First()}.id, but is '{path}'"
            );
        }

        return (
            MemberPath.Find(step.Row, path[(at + 1)..], out var fault)
                ?? throw Fault(place, $"the rows of '{step.Name}' ({step.Tool.ToolName}) have no member {fault}"),
            step
        );
    }

    private SchemaModel Latest(JsonObject expression, string place)
    {
        declared.Faults.CheckMembers(expression, ["latest", "quantity", "amounts", "decimals"], place);
        CheckDecimals(expression, place);
        Numeric(expression["latest"], place, "latest");
        var steps = new HashSet<ComposedStep>();
        foreach (var name in new[] { "quantity", "amounts" })
        {
            if (!IsNumber(Foreign(expression, name, place), steps))
            {
                throw Fault(place, $"'{name}' must name a number");
            }
        }

        return steps.Count == 1
            ? Number
            : throw Fault(place, "'quantity' and 'amounts' must name members of the same step");
    }

    private static bool IsNumber((SchemaModel Shape, ComposedStep Step) found, HashSet<ComposedStep> steps)
    {
        steps.Add(found.Step);
        var types = Inner(found.Shape).Types;
        return types.Count == 0 || types.Contains("number") || types.Contains("integer");
    }

    private static SchemaModel Inner(SchemaModel shape) => shape.Items is { } items ? Inner(items) : shape;

    private static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.Number => "number",
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            _ => "string",
        };
}
