using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finds where an answer repeats arguments: where the overlay says so (<c>x-mcp.echo</c>), and where names and
/// types leave no doubt. A wrong guess would warn callers of correct answers.</summary>
internal static class EchoReader
{
    // Names of members that contain the filters in force, in lower case without signs.
    private static readonly string[] Holders =
    [
        "filters",
        "filter",
        "appliedfilters",
        "activefilters",
        "query",
        "queryparameters",
        "queryparams",
        "parameters",
        "params",
        "criteria",
    ];

    // These return the record that the last segment of the path names.
    private static readonly string[] RecordMethods = ["GET", "PUT", "PATCH", "DELETE"];

    /// <exception cref="FaultException">The overlay names an argument or a member that does not exist.</exception>
    public static EchoModel Read(SpecificationDocument document, OperationModel tool)
    {
        var declared = document.Root.Get("x-mcp").Items("echo").Select(name => name?.ToString() ?? "").ToList();
        var arguments = Arguments(tool).ToList();
        var members = new List<string>();
        var echoes = new Dictionary<string, ArgumentEchoModel?>(StringComparer.Ordinal);
        Declared(document, tool, echoes);
        foreach (var holder in tool.AnswerShape.Properties.Where(member => IsObject(member.Schema)))
        {
            var isDeclared = declared.Contains(holder.Name);
            if (tool.Hints.ReadOnly && (isDeclared || IsHolder(holder, arguments)))
            {
                members.Add(holder.Name);
                foreach (var argument in arguments.Where(argument => IsIn(argument, holder.Schema, isDeclared)))
                {
                    var kind = isDeclared ? ArgumentEchoModel.Complete : ArgumentEchoModel.Value;
                    echoes.TryAdd(argument.Argument, new(argument.Argument, [holder.Name, argument.Name], kind));
                }
            }
        }

        foreach (var argument in arguments)
        {
            if (AtRoot(tool, argument) is { } echo)
            {
                echoes.TryAdd(argument.Argument, echo);
            }
        }

        return members.Count == 0 && echoes.Count == 0
            ? EchoModel.None
            : new(members, [.. echoes.Values.OfType<ArgumentEchoModel>()]);
    }

    /// <summary>Finds names in the overlay that no answer has.</summary>
    public static IEnumerable<Diagnostic> Check(SpecificationDocument document, IReadOnlyList<OperationModel> tools) =>
        document
            .Root.Get("x-mcp")
            .Items("echo")
            .Select(name => name?.ToString() ?? "")
            .Where(name => tools.All(tool => !tool.Echo.Members.Contains(name)))
            .Select(name => new Diagnostic(
                DiagnosticIds.OverlayMember,
                Severity.Error,
                document.File,
                "/x-mcp/echo",
                $"x-mcp.echo: no tool that reads has an object '{name}' at the root of its answer. Correct the overlay."
            ));

    // The overlay names places by argument, or denies one with false.
    private static void Declared(
        SpecificationDocument document,
        OperationModel tool,
        Dictionary<string, ArgumentEchoModel?> echoes
    )
    {
        foreach (var (argument, place) in (tool.Source.Extension["echo"] as JsonObject) ?? [])
        {
            if (tool.Arguments.Properties.All(property => property.Name != argument))
            {
                throw Fault($"'{tool.ToolName}' has no argument '{argument}'");
            }

            if (place?.GetValueKind() == JsonValueKind.False)
            {
                echoes[argument] = null;
                continue;
            }

            var path = place?.GetValueKind() == JsonValueKind.String ? place.ToString().Split('.') : [];
            if (!Has(tool.AnswerShape, path))
            {
                throw Fault(
                    $"the place of '{argument}' must be false, or the path of a member of the answer that leads through objects alone, but is {place?.ToJsonString() ?? "null"}"
                );
            }

            echoes[argument] = new(argument, path, ArgumentEchoModel.Complete);
        }

        FaultException Fault(string what) =>
            new(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    tool.Pointer + "/x-mcp/echo",
                    $"x-mcp.echo: {what}. Correct the overlay."
                )
            );
    }

    private static IEnumerable<Sent> Arguments(OperationModel tool) =>
        tool
            .Parameters.Where(parameter => parameter.Location is ParameterLocation.Path or ParameterLocation.Query)
            .Select(parameter => new Sent(
                parameter.Argument,
                parameter.Name.Replace("[]", "", StringComparison.Ordinal),
                parameter.Location,
                parameter.Schema
            ))
            .Concat(
                (tool.Body is { Argument: null } body ? body.Members : []).Select(member => new Sent(
                    member.Argument,
                    member.Name,
                    null,
                    member.Property.Schema
                ))
            );

    // An object with a name of filters that describes at least one argument, or an object of arguments alone.
    private static bool IsHolder(PropertyModel member, List<Sent> arguments)
    {
        var names = member.Schema.Properties.Select(property => property.Name).ToList();
        var known = names.Count(name => arguments.Exists(argument => argument.IsFilter && argument.Name == name));
        return known > 0 && (Holders.Contains(IdName.Plain(member.Name)) || (known > 1 && known == names.Count));
    }

    private static bool IsIn(Sent argument, SchemaModel holder, bool isDeclared) =>
        argument.IsFilter
        && (
            holder.Properties.Count == 0
                ? isDeclared
                : holder.Properties.Any(property => property.Name == argument.Name)
        );

    // Dates and ids alone: a member such as 'status' may be about the answer itself.
    private static ArgumentEchoModel? AtRoot(OperationModel tool, Sent argument)
    {
        var root = tool.AnswerShape;
        if (Member(root, argument.Name) is { Properties.Count: 0, Items: null } same)
        {
            if (IsDate(argument.Schema) && IsDate(same))
            {
                return new(argument.Argument, [argument.Name], ArgumentEchoModel.Value);
            }

            if (IdName.Read(argument.Name) is not null && argument.Location is not null)
            {
                return new(argument.Argument, [argument.Name], ArgumentEchoModel.Id);
            }
        }

        if (IdName.Read(argument.Name) is not var (noun, kind, _))
        {
            return null;
        }

        // inventoryId is inventory.id, company_uuid is company.uuid.
        if (
            noun.Length > 0
            && root.Properties.FirstOrDefault(member => IdName.Plain(member.Name) == noun) is { } holder
            && Member(holder.Schema, kind) is not null
        )
        {
            return new(argument.Argument, [holder.Name, kind], ArgumentEchoModel.Id);
        }

        return
            argument.Location == ParameterLocation.Path
            && RecordMethods.Contains(tool.Method)
            && tool.Path.TrimEnd('/').EndsWith($"{{{argument.Name}}}", StringComparison.Ordinal)
            && Member(root, kind) is not null
            ? new(argument.Argument, [kind], ArgumentEchoModel.Id)
            : null;
    }

    private static bool Has(SchemaModel shape, string[] path)
    {
        foreach (var name in path)
        {
            if (Member(shape, name) is not { } member)
            {
                return false;
            }

            shape = member;
        }

        return path.Length > 0;
    }

    private static SchemaModel? Member(SchemaModel shape, string name) =>
        shape.Properties.FirstOrDefault(property => property.Name == name)?.Schema;

    private static bool IsObject(SchemaModel schema) => schema.Items is null && schema.Types.Contains("object");

    private static bool IsDate(SchemaModel schema) => schema.Format is "date" or "date-time";

    /// <param name="Name">The name of the argument in the API.</param>
    /// <param name="Location">The location of the parameter, or <see langword="null"/> for a member of the
    /// body.</param>
    private sealed record Sent(string Argument, string Name, ParameterLocation? Location, SchemaModel Schema)
    {
        public bool IsFilter => Location == ParameterLocation.Query;
    }
}
