using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Reads the writes that must take effect once (<c>x-mcp.once</c>): <see langword="true"/>, or an object that
/// names where to see whether the write took effect.</summary>
internal sealed class OnceReader : DeclarationReader
{
    private const string Member = "once";

    private OnceReader(SpecificationDocument document, OperationModel tool, IReadOnlyList<OperationModel> tools)
        : base(document, tool, tools, Member) { }

    /// <summary>Returns whether the overlay declares that an operation must take effect once.</summary>
    public static bool IsDeclared(JsonObject extension) => extension.IsTrue(Member) || extension[Member] is JsonObject;

    /// <param name="document">The specification after the overlay was applied.</param>
    /// <param name="tool">The write.</param>
    /// <param name="tools">All tools that are operations.</param>
    /// <returns><see langword="null"/> if the overlay does not declare it.</returns>
    /// <exception cref="FaultException">The declaration names a tool, an argument or a member that does not exist, or
    /// stands at a tool that reads.</exception>
    public static OnceModel? Read(
        SpecificationDocument document,
        OperationModel tool,
        IReadOnlyList<OperationModel> tools
    ) => IsDeclared(tool.Source.Extension) ? new OnceReader(document, tool, tools).Read() : null;

    private OnceModel Read()
    {
        if (Tool.Hints.ReadOnly)
        {
            throw Fault($"'{Tool.ToolName}' only reads, so it may be repeated");
        }

        if (Tool.Source.Extension[Member] is not JsonObject declaration)
        {
            return new(null, null, [], []);
        }

        var name = declaration.Text("list") ?? "";
        var list = Find(name);
        if (list.Rows is not { } rows)
        {
            throw Fault($"'{name}' must be a tool that takes 'total', because its rows are searched");
        }

        var search = declaration.Text("search") ?? "";
        RequireArgument(list, search);
        var scope = list
            .Parameters.Where(parameter => parameter.Location == ParameterLocation.Path)
            .Select(parameter => parameter.Argument)
            .ToList();
        scope.ForEach(argument => RequireArgument(Tool, argument));
        return new(name, search, scope, Matches(declaration["match"] as JsonObject, list, rows));
    }

    private List<KeyValuePair<string, string>> Matches(JsonObject? declared, OperationModel list, RowsModel rows)
    {
        var known = AnswerPaths.Of(list.AnswerShape).ToList();
        var matches = new List<KeyValuePair<string, string>>();
        foreach (var (argument, member) in declared ?? [])
        {
            RequireArgument(Tool, argument);
            var path = member?.GetValueKind() == JsonValueKind.String ? member.ToString() : "";
            if (!known.Contains($"{rows.Path}.{path}"))
            {
                throw Fault($"a row of '{list.ToolName}' has no member '{path}'");
            }

            matches.Add(KeyValuePair.Create(argument, path));
        }

        return matches.Count > 0 ? matches : throw Fault("'match' must name at least one argument");
    }
}
