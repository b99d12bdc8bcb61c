using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads how the server shows what a write would do (<c>x-mcp.preview</c>). Without a declaration, the
/// operation <c>GET</c> of the same path reads the record that <c>PUT</c>, <c>PATCH</c> and <c>DELETE</c>
/// change.</summary>
internal sealed class PreviewReader : DeclarationReader
{
    private static readonly string[] Known = ["read", "members", "lines", "due"];
    private static readonly string[] ReadMembers = ["tool", "with", "path", "key"];
    private static readonly string[] LineMembers = ["list", "quantity", "price", "amount", "currency"];
    private static readonly string[] DueMembers = ["read", "parts", "anchor", "days", "percent"];

    // These are about the record that the path names. POST to the same path adds a record.
    private static readonly string[] RecordMethods = ["PUT", "PATCH", "DELETE"];

    private PreviewReader(SpecificationDocument document, OperationModel tool, IReadOnlyList<OperationModel> tools)
        : base(document, tool, tools, ServerArguments.Preview) { }

    /// <param name="document">The specification after the overlay was applied.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="tools">All tools that are operations.</param>
    /// <returns><see langword="null"/> for a tool that only reads.</returns>
    /// <exception cref="FaultException">The declaration names a tool, an argument or a member that does not exist, or
    /// stands at a tool that reads.</exception>
    public static PreviewModel? Read(
        SpecificationDocument document,
        OperationModel tool,
        IReadOnlyList<OperationModel> tools
    ) => new PreviewReader(document, tool, tools).Read();

    private PreviewModel? Read()
    {
        var declared = Tool.Source.Extension[ServerArguments.Preview] as JsonObject;
        if (Tool.Hints.ReadOnly)
        {
            return declared is null ? null : throw Fault($"'{Tool.ToolName}' only reads, so it has no preview");
        }

        CheckMembers(declared, "", Known);
        var record = declared?["read"] is { } read ? Source(read, "read") : SamePath();
        var due = declared?["due"] is { } terms ? Due(terms) : null;
        var model = new PreviewModel(
            Tool.TakesPreview,
            record,
            record is null ? [] : Members(record, declared?["members"]),
            declared?["lines"] is { } lines ? Lines(lines) : null,
            due
        );
        return record is null && declared?["members"] is not null
            ? throw Fault("'members' needs 'read', because no operation GET has the same path")
            : model;
    }

    private RecordSourceModel? SamePath()
    {
        var read = RecordMethods.Contains(Tool.Method)
            ? Tools.FirstOrDefault(other => other.Method == "GET" && other.Source.Path == Tool.Source.Path)
            : null;
        if (read is not { Hints.ReadOnly: true })
        {
            return null;
        }

        var scope = read
            .Parameters.Where(parameter => parameter.Location == ParameterLocation.Path || parameter.IsRequired)
            .Select(parameter =>
                KeyValuePair.Create(
                    parameter.Argument,
                    Tool.Parameters.FirstOrDefault(own =>
                        own.Name == parameter.Name && own.Location == parameter.Location
                    )?.Argument
                )
            )
            .ToList();
        return scope.Exists(pair => pair.Value is null)
            ? null
            : new(
                read,
                [.. scope.Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))],
                Holder(read),
                null,
                "id"
            );
    }

    // Some APIs wrap a record: the member is then the one object that has the most members of the body.
    private string Holder(OperationModel read)
    {
        var sent = Sent().ToList();
        var root = read.AnswerShape;
        var best = "";
        var most = RecordMembers.Find(sent, root).Count;
        foreach (var member in root.Properties.Where(member => member.Schema.Items is null))
        {
            var count = RecordMembers.Find(sent, member.Schema).Count;
            var isOnly = sent.Count == 0 && root.Properties.Count == 1 && member.Schema.Properties.Count > 0;
            if (count > most || isOnly)
            {
                most = count;
                best = member.Name;
            }
        }

        return best;
    }

    private IEnumerable<(string Argument, PropertyModel Property)> Sent() =>
        (Tool.Body?.Members ?? []).Select(member => (member.Argument, member.Property));

    private List<RecordMemberModel> Members(RecordSourceModel record, JsonNode? declared)
    {
        var shape = Shape(record);
        var members = RecordMembers.Find(Sent(), shape);
        if (declared is not null and not JsonObject)
        {
            throw Fault("'members' must be an object of arguments");
        }

        foreach (var (argument, place) in declared as JsonObject ?? [])
        {
            RequireArgument(Tool, argument);
            var path = place?.GetValueKind() == JsonValueKind.String ? place.ToString() : "";
            if (MemberPath.Find(shape, path, out var fault) is null)
            {
                throw Fault($"the record of '{record.Tool.ToolName}' has no member {fault}");
            }

            members.RemoveAll(member => member.Name == argument);
            members.Add(new(argument, path.Split('.'), null, []));
        }

        return members;
    }

    private RecordSourceModel Source(JsonNode node, string place)
    {
        if (node is not JsonObject declared)
        {
            throw Fault($"'{place}' must be an object with the name of a 'tool'");
        }

        CheckMembers(declared, place + ".", ReadMembers);
        var name = declared.Text("tool") ?? "";
        var read = Find(name);
        if (!read.Hints.ReadOnly)
        {
            throw Fault($"'{name}' must only read");
        }

        var path = declared.Text("path") ?? "";
        var shape = At(read.AnswerShape, path, out var fault)
            ?? throw Fault($"the answer of '{name}' has no member {fault}");
        if (declared["key"] is not JsonObject { Count: 1 } key)
        {
            return declared["key"] is null && shape.Items is null
                ? new(read, Scope(read, declared["with"] as JsonObject ?? []), path, null, "id")
                : throw Fault(
                    $"'{place}.key' must name one argument and the member of a record of '{path}' that equals it"
                );
        }

        var (argument, member) = key.AsEnumerable().First();
        RequireArgument(Tool, argument);
        return shape.Items is { } row && MemberPath.Find(row, member?.ToString() ?? "", out fault) is not null
            ? new(read, Scope(read, declared["with"] as JsonObject ?? []), path, argument, member!.ToString())
            : throw Fault($"'{path}' of '{name}' is not a list of records with the member '{member}'");
    }

    // An argument that the read needs has the value of the argument with the same name, unless 'with' names another.
    private List<KeyValuePair<string, string>> Scope(OperationModel read, JsonObject declared)
    {
        var scope = new List<KeyValuePair<string, string>>();
        foreach (var (argument, value) in declared)
        {
            RequireArgument(read, argument);
            RequireArgument(Tool, value?.ToString() ?? "");
            scope.Add(KeyValuePair.Create(argument, value!.ToString()));
        }

        foreach (
            var needed in read.Parameters.Where(parameter =>
                parameter.IsRequired && scope.TrueForAll(pair => pair.Key != parameter.Argument)
            )
        )
        {
            RequireArgument(Tool, needed.Argument);
            scope.Add(KeyValuePair.Create(needed.Argument, needed.Argument));
        }

        return scope;
    }

    private LineSumsModel Lines(JsonNode node)
    {
        var declared = node as JsonObject ?? throw Fault("'lines' must be an object");
        CheckMembers(declared, "lines.", LineMembers);
        var list = declared.Text("list") ?? "";
        RequireArgument(Tool, list);
        var item = Tool.Arguments.Properties.First(property => property.Name == list).Schema.Items
            ?? throw Fault($"the argument '{list}' is not a list");
        var lines = new LineSumsModel(
            list,
            Number("quantity"),
            Number("price"),
            Number("amount"),
            declared.Text("currency")
        );
        if (lines.Currency is { } currency)
        {
            RequireArgument(Tool, currency);
        }

        return lines is { Amount: null, Quantity: null } or { Amount: null, Price: null }
            ? throw Fault("'lines' must name 'amount', or both 'quantity' and 'price'")
            : lines;

        string? Number(string member)
        {
            if (declared.Text(member) is not { } name)
            {
                return null;
            }

            return item.Properties.Any(property => property.Name == name)
                ? name
                : throw Fault(
                    $"an item of '{list}' has no member '{name}'{Near(name, item.Properties.Select(own => own.Name))}"
                );
        }
    }

    private DueDatesModel Due(JsonNode node)
    {
        var declared = node as JsonObject ?? throw Fault("'due' must be an object");
        CheckMembers(declared, "due.", DueMembers);
        var source = declared["read"] is { } read ? Source(read, "due.read") : throw Fault("'due' needs 'read'");
        var term = source.Key ?? throw Fault("'due.read.key' must name the argument with the payment term");
        var parts = declared.Text("parts") ?? "";
        var item = MemberPath.Find(Shape(source), parts, out _)?.Items
            ?? throw Fault($"a payment term of '{source.Tool.ToolName}' has no list '{parts}'");
        return new(term, source, parts, Member("anchor"), Member("days"), Member("percent"));

        string Member(string name)
        {
            var path = declared.Text(name) ?? "";
            return item.Properties.Any(property => property.Name == path)
                ? path
                : throw Fault(
                    $"'due.{name}' must be a member of an item of '{parts}', but is '{path}'{Near(path, item.Properties.Select(own => own.Name))}"
                );
        }
    }

    private static SchemaModel Shape(RecordSourceModel source)
    {
        var shape = At(source.Tool.AnswerShape, source.Path, out _)!;
        return shape.Items ?? shape;
    }

    private static SchemaModel? At(SchemaModel answer, string path, out string fault)
    {
        fault = "";
        return path.Length == 0 ? answer : MemberPath.Find(answer, path, out fault);
    }

    private void CheckMembers(JsonObject? declared, string place, string[] known)
    {
        if (declared?.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Fault($"there is no member '{place}{unknown}'{NameHint.Of(unknown, known)}");
        }
    }
}
