using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Composing;

/// <summary>Checks the result of a composed tool, and describes it: tables of rows, and totals of a table.</summary>
internal sealed class ComposedResult(
    ComposedDeclaration declared,
    ComposedArguments arguments,
    IReadOnlyDictionary<string, ComposedStep> steps,
    IReadOnlyCollection<string> tools
)
{
    private static readonly string[] Own = ["complete", "missing"];
    private static readonly string[] OfTotals = ["totals", "by", "sum"];

    private static readonly string[] OfTable =
    [
        "rows",
        "of",
        "columns",
        "across",
        "group",
        "sum",
        "compute",
        "where",
        "sort",
        "top",
        "hide",
        "unless",
        "form",
    ];

    private readonly Dictionary<string, IReadOnlyDictionary<string, SchemaModel>> tables = new(StringComparer.Ordinal);

    /// <summary>Returns the answer as JSON Schema.</summary>
    /// <exception cref="FaultException">The result names something that does not exist, or cannot work.</exception>
    public JsonObject Read()
    {
        var members = declared.Node.Members("result");
        if (members.Count == 0)
        {
            throw Fault(declared.Place, "'result' must have at least one table");
        }

        var schemas = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (name, node) in members.OrderBy(pair => pair.Value.Get("totals") is null ? 0 : 1))
        {
            var place = JsonPointer.Append(declared.Place + "/result", name);
            if (node is not JsonObject table || Own.Contains(name))
            {
                throw Fault(place, "a member of the result is an object, and not named complete or missing");
            }

            schemas[name] = table.ContainsKey("totals") ? Totals(table, place) : Table(name, table, place);
        }

        var properties = new JsonObject
        {
            ["complete"] = new JsonObject { ["type"] = "boolean" },
            ["missing"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string" },
            },
        };
        foreach (var (name, _) in members)
        {
            properties[name] = schemas[name];
        }

        return new()
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray("complete"),
        };
    }

    private FaultException Fault(string place, string what) => declared.Faults.At(place, what);

    private JsonObject Table(string name, JsonObject table, string place)
    {
        declared.Faults.CheckMembers(table, OfTable, place);
        var columns = new Dictionary<string, SchemaModel>(StringComparer.Ordinal);
        var parts = table.ContainsKey("rows") ? table.Items("rows").ToList() : [table];
        if (parts.Count == 0)
        {
            throw Fault(place, "'rows' is a list of objects with 'of' and 'columns'");
        }

        foreach (
            var part in parts.Select(part =>
                part as JsonObject ?? throw Fault(place, "'rows' has an item that is no object")
            )
        )
        {
            if (part != table)
            {
                declared.Faults.CheckMembers(part, ["of", "columns"], place);
            }

            ReadColumns(part, columns, place);
        }

        CheckAcross(table, columns, place);
        CheckGroup(table, columns, place);
        CheckNames(table.Items("sum"), columns, place + "/sum");
        Compute(table, columns, place);
        CheckShown(table, columns, place);
        var hidden = table.Items("hide").Select(column => column?.ToString()).ToHashSet();
        tables[name] = columns;
        return Schema(table, columns.Where(column => !hidden.Contains(column.Key)), place);
    }

    private void ReadColumns(JsonObject part, Dictionary<string, SchemaModel> columns, string place)
    {
        var of = part.Text("of") ?? "";
        if (!steps.TryGetValue(of, out var step))
        {
            throw Fault(place, $"'of' names the step '{of}', which does not exist" + NameHint.Of(of, steps.Keys));
        }

        if (part.Members("columns").Count == 0)
        {
            throw Fault(place, "'columns' must have at least one column");
        }

        var expressions = new ComposedExpressions(declared, arguments, steps, tools, (path, at) =>
            Member(step, path, at)
        );
        foreach (var (column, expression) in part.Members("columns"))
        {
            var type = expressions.Check(expression, JsonPointer.Append(place + "/columns", column));
            // Parts of a table may have different types in one column.
            columns[column] =
                columns.TryGetValue(column, out var other) && !other.Types.SequenceEqual(type.Types) ? new() : type;
        }
    }

    private SchemaModel Member(ComposedStep of, string path, string place)
    {
        var at = path.IndexOf('.', StringComparison.Ordinal);
        var name = at < 0 ? path : path[..at];
        if (at < 0 || !steps.TryGetValue(name, out var step))
        {
            throw Fault(
                place,
                $"'{path}' must be a member of a step, such as {of.Name}.id" + NameHint.Of(name, steps.Keys)
            );
        }

        if (!step.IsWithin(of) && !of.IsWithin(step))
        {
            throw Fault(
                place,
                $"rows of '{step.Name}' do not belong to rows of '{of.Name}'; 'join' finds them by a key"
            );
        }

        return MemberPath.Find(step.Row, path[(at + 1)..], out var fault)
            ?? throw Fault(place, $"the rows of '{step.Name}' ({step.Tool.ToolName}) have no member {fault}");
    }

    private void CheckAcross(JsonObject table, Dictionary<string, SchemaModel> columns, string place)
    {
        foreach (var (column, node) in table.Members("across"))
        {
            if (node is not JsonObject across || across.Items("same").Count == 0)
            {
                throw Fault(place, $"'across' needs 'sum' (a column) and 'same' (columns) for '{column}'");
            }

            declared.Faults.CheckMembers(across, ["sum", "same"], place);
            CheckNames([across["sum"], .. across.Items("same")], columns, place + "/across");
            columns[column] = new() { Types = ["number"] };
        }
    }

    private void CheckGroup(JsonObject table, Dictionary<string, SchemaModel> columns, string place)
    {
        if (table["group"] is not { } node)
        {
            return;
        }

        var group = node as JsonObject ?? throw Fault(place, "'group' needs 'argument' and 'cases'");
        declared.Faults.CheckMembers(group, ["argument", "cases"], place);
        new ComposedConditions(declared.Faults, arguments).CheckArgument(
            group.Text("argument") ?? "",
            place + "/group"
        );
        foreach (var (_, keys) in group.Members("cases"))
        {
            CheckNames(keys as JsonArray ?? [], columns, place + "/group");
        }
    }

    private void Compute(JsonObject table, Dictionary<string, SchemaModel> columns, string place)
    {
        var expressions = new ComposedExpressions(
            declared,
            arguments,
            steps,
            tools,
            (name, at) => Column(columns, name, at),
            ofColumns: true
        );
        foreach (var (column, expression) in table.Members("compute"))
        {
            columns[column] = expressions.Check(expression, JsonPointer.Append(place + "/compute", column));
        }
    }

    private void CheckShown(JsonObject table, Dictionary<string, SchemaModel> columns, string place)
    {
        var conditions = new ComposedConditions(declared.Faults, arguments);
        conditions.Check(table["where"], place + "/where", name => Column(columns, name, place + "/where"));
        conditions.CheckWhen(table["unless"], place + "/unless");
        CheckNames(table.Items("hide"), columns, place + "/hide");
        foreach (var sort in table.Items("sort"))
        {
            var name = sort?.ToString() ?? "";
            Column(columns, name.StartsWith('-') ? name[1..] : name, place + "/sort");
        }

        if (table["top"] is JsonObject top)
        {
            conditions.CheckArgument(top.Text("argument") ?? "", place + "/top");
        }
        else if (
            table["top"] is { } most
            && (most is not JsonValue value || !value.TryGetValue<int>(out var count) || count < 1)
        )
        {
            throw Fault(place, "'top' is the most rows, or {\"argument\": …}");
        }
    }

    private void CheckNames(IEnumerable<JsonNode?> names, Dictionary<string, SchemaModel> columns, string place)
    {
        foreach (var name in names)
        {
            Column(columns, name?.ToString() ?? "", place);
        }
    }

    private SchemaModel Column(IReadOnlyDictionary<string, SchemaModel> columns, string name, string place) =>
        columns.GetValueOrDefault(name)
        ?? throw Fault(place, $"the table has no column '{name}'" + NameHint.Of(name, columns.Keys));

    private JsonObject Totals(JsonObject totals, string place)
    {
        declared.Faults.CheckMembers(totals, OfTotals, place);
        var of = totals.Text("totals") ?? "";
        if (!tables.TryGetValue(of, out var columns))
        {
            throw Fault(place, $"'totals' names the table '{of}', which does not exist" + NameHint.Of(of, tables.Keys));
        }

        var members = new JsonObject();
        foreach (var name in totals.Items("by").Concat(totals.Items("sum")).Select(item => item?.ToString() ?? ""))
        {
            members[name] = Type(Column(columns, name, place));
        }

        members["rows"] = new JsonObject { ["type"] = "integer" };
        return List(members);
    }

    private JsonObject Schema(JsonObject table, IEnumerable<KeyValuePair<string, SchemaModel>> columns, string place)
    {
        switch (table.Text("form") ?? "objects")
        {
            case "objects":
                return List([
                    .. columns.Select(column => KeyValuePair.Create(column.Key, (JsonNode?)Type(column.Value))),
                ]);
            case "lists":
                var names = new JsonObject { ["type"] = "string" };
                return new()
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["columns"] = new JsonObject { ["type"] = "array", ["items"] = names },
                        ["rows"] = new JsonObject
                        {
                            ["type"] = "array",
                            ["items"] = new JsonObject { ["type"] = "array" },
                        },
                    },
                };
            default:
                throw Fault(place, "'form' is objects or lists");
        }
    }

    private static JsonObject List(JsonObject members) =>
        new()
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "object", ["properties"] = members },
        };

    private static JsonObject Type(SchemaModel schema)
    {
        var type = new JsonObject();
        if (schema.Types is [var only])
        {
            type["type"] = only;
        }

        if (schema.Format is { } format)
        {
            type["format"] = format;
        }

        return type;
    }
}
