using System.Text.Json;
using NeonPanel.Mcp.Server.Composition.Expressions;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Reads the plan that the generator emitted. The generator has checked it (docs/calls.md has the
/// language).</summary>
internal sealed class PlanReader
{
    private readonly ToolCatalog catalog;
    private readonly Dictionary<string, StepPlan> steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TablePlan> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TotalsPlan> totals = new(StringComparer.Ordinal);

    private readonly string? profile;

    private PlanReader(ToolCatalog catalog, string? profile)
    {
        this.catalog = catalog;
        this.profile = profile;
    }

    /// <param name="profile">The profile of the caller's address, whose tools the answer may name.</param>
    public static CompositionPlan Read(ToolCatalog catalog, string? profile, string plan)
    {
        using var document = JsonDocument.Parse(plan);
        var root = document.RootElement;
        var reader = new PlanReader(catalog, profile);
        var order = new List<StepPlan>();
        foreach (var step in root.GetProperty("steps").EnumerateObject())
        {
            order.Add(reader.Step(step.Name, step.Value));
        }

        var members = root.GetProperty("result").EnumerateObject().ToList();
        foreach (var table in members.Where(member => !member.Value.TryGetProperty("totals", out _)))
        {
            reader.Table(table.Name, table.Value);
        }

        foreach (var member in members.Where(member => member.Value.TryGetProperty("totals", out _)))
        {
            reader.Total(member.Name, member.Value);
        }

        return new(
            order,
            reader.tables,
            reader.totals,
            [.. members.Select(member => member.Name)],
            root.TryGetProperty("defaults", out var defaults)
                ? [.. defaults.EnumerateObject().Select(member => (member.Name, member.Value.Clone()))]
                : []
        );
    }

    private StepPlan Step(string name, JsonElement declared)
    {
        var tool = catalog.Tools.First(tool => tool.Name == Text(declared, "call"));
        var step = new StepPlan
        {
            Name = name,
            Tool = tool,
            ForEach = Text(declared, "forEach") is { } source ? steps[source] : null,
            Rows = Text(declared, "rows")?.Split('.') ?? [],
            Pages = declared.TryGetProperty("pages", out var pages) ? pages.GetInt32() : 1,
        };
        steps[name] = step;
        step.With = [.. Members(declared, "with").Select(member => (member.Name, StepValue(member.Value)))];
        step.Where = Condition.Read(declared, step.PlaceOf);
        step.When = ArgumentCases.Read(declared, "when");
        step.IfEmpty = [.. Texts(declared, "ifEmpty").Select(other => steps[other])];
        step.Label = Text(declared, "label") is { } label ? step.PlaceOf(label) : -1;
        return step;
    }

    private IStepValue StepValue(JsonElement value)
    {
        var source = value.EnumerateObject().First();
        switch (source.Name)
        {
            case "argument":
                return new ArgumentValue(source.Value.GetString()!);
            case "member":
                var (step, place) = Member(source.Value.GetString()!);
                return new MemberValue(step, place);
            default:
                return new ConstantValue(source.Value.Clone());
        }
    }

    private (StepPlan Step, int Place) Member(string path)
    {
        var at = path.IndexOf('.', StringComparison.Ordinal);
        var step = steps[path[..at]];
        return (step, step.PlaceOf(path[(at + 1)..]));
    }

    private void Table(string name, JsonElement declared)
    {
        var table = tables[name] = new() { Name = name, IsLists = Text(declared, "form") == "lists" };
        table.Parts = declared.TryGetProperty("rows", out var rows)
            ? [.. rows.EnumerateArray().Select(part => Part(table, part))]
            : [Part(table, declared)];
        table.Across =
        [
            .. Members(declared, "across")
                .Select(member =>
                    (
                        table.PlaceOf(member.Name),
                        table.PlaceOf(Text(member.Value, "sum")!),
                        (IReadOnlyList<int>)[.. Texts(member.Value, "same").Select(table.PlaceOf)]
                    )
                ),
        ];
        if (declared.TryGetProperty("group", out var group))
        {
            table.GroupArgument = Text(group, "argument");
            table.GroupCases = Members(group, "cases")
                .ToDictionary(
                    item => item.Name,
                    item =>
                        (IReadOnlyList<int>)
                            [.. item.Value.EnumerateArray().Select(key => table.PlaceOf(key.GetString()!))],
                    StringComparer.Ordinal
                );
        }

        table.Sums = Texts(declared, "sum").Select(table.PlaceOf).ToHashSet();
        table.Computed =
        [
            .. Members(declared, "compute")
                .Select(member =>
                    (
                        table.PlaceOf(member.Name),
                        Expression(member.Value, column => new ColumnExpression(table.PlaceOf(column)))
                    )
                ),
        ];
        table.Where = Condition.Read(declared, table.PlaceOf);
        table.Sort =
        [
            .. Texts(declared, "sort").Select(sort => (table.PlaceOf(sort.TrimStart('-')), sort.StartsWith('-'))),
        ];
        table.Top = declared.TryGetProperty("top", out var top) ? Top(top) : null;
        table.Hidden = Texts(declared, "hide").Select(table.PlaceOf).ToHashSet();
        table.Unless = ArgumentCases.Read(declared, "unless");
    }

    private static IStepValue Top(JsonElement top) =>
        top.ValueKind == JsonValueKind.Object
            ? new ArgumentValue(Text(top, "argument")!)
            : new ConstantValue(top.Clone());

    private TablePart Part(TablePlan table, JsonElement part) =>
        new(
            steps[Text(part, "of")!],
            [
                .. Members(part, "columns")
                    .Select(column => (table.PlaceOf(column.Name), Expression(column.Value, MemberOf))),
            ]
        );

    private MemberExpression MemberOf(string path)
    {
        var (step, place) = Member(path);
        return new(step, place);
    }

    private void Total(string name, JsonElement declared)
    {
        var table = tables[Text(declared, "totals")!];
        totals[name] = new(
            name,
            table,
            [.. Texts(declared, "by").Select(table.PlaceOf)],
            [.. Texts(declared, "sum").Select(table.PlaceOf)]
        );
    }

    private IExpression Expression(JsonElement node, Func<string, IExpression> named)
    {
        if (node.ValueKind == JsonValueKind.String)
        {
            return named(node.GetString()!);
        }

        var kind = node.EnumerateObject()
            .First(member => member.Name is not ("decimals" or "on" or "equals" or "quantity" or "amounts"));
        switch (kind.Name)
        {
            case "value":
                return new SourceExpression(new ConstantValue(kind.Value.Clone()));
            case "argument":
                return new SourceExpression(new ArgumentValue(kind.Value.GetString()!));
            case "tool":
                return new TextExpression(ToolHere(kind.Value.GetString()!));
            case "sum":
                return new SumExpression(Operands(kind.Value, named));
            case "product":
                return new ProductExpression(Operands(kind.Value, named));
            case "quotient":
                var quotient = Operands(kind.Value, named);
                return new QuotientExpression(quotient[0], quotient[1], Decimals(node));
            case "first":
                return new FirstExpression(Operands(kind.Value, named));
            case "match":
                var match = Operands(kind.Value, named);
                return new MatchExpression(match[0], match[1]);
            case "join":
                var (step, place) = Member(kind.Value.GetString()!);
                var key = Member(Text(node, "on")!).Place;
                return new JoinExpression(step, place, key, Expression(node.GetProperty("equals"), named));
            default:
                var quantity = Member(Text(node, "quantity")!);
                var amounts = Member(Text(node, "amounts")!).Place;
                return new LatestExpression(
                    Expression(kind.Value, named),
                    quantity.Step,
                    quantity.Place,
                    amounts,
                    Decimals(node)
                );
        }
    }

    // A tool of another address is no use without that address.
    private string ToolHere(string name)
    {
        var tool = catalog.Tools.First(tool => tool.Name == name);
        return profile is null || tool.Profiles.Contains(profile)
            ? name
            : $"{name} (at /mcp/{catalog.Profiles.First(tool.Profiles.Contains)})";
    }

    private static int Decimals(JsonElement node) => node.GetProperty("decimals").GetInt32();

    private List<IExpression> Operands(JsonElement node, Func<string, IExpression> named) =>
        node.ValueKind == JsonValueKind.Array
            ? [.. node.EnumerateArray().Select(operand => Expression(operand, named))]
            : [Expression(node, named)];

    private static string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement node, string name) =>
        node.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(item => item.GetString()!) : [];

    private static IEnumerable<JsonProperty> Members(JsonElement node, string name) =>
        node.TryGetProperty(name, out var members) ? members.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
