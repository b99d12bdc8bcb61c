using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Finds the id of the record that a call writes, for the log: where the overlay says
/// (<c>x-mcp.record</c>), or by rules. <c>PUT</c>, <c>PATCH</c> and <c>DELETE</c> name it in the last segment of their
/// path; other answers have an <c>id</c>.</summary>
internal static class WrittenRecordReader
{
    private const string Member = "record";
    private const string Argument = "argument";
    private const string Answer = "answer";

    private static readonly string[] RecordMethods = ["PUT", "PATCH", "DELETE"];

    // In order of preference.
    private static readonly string[] Ids = ["id", "uuid", "data.id", "data.uuid"];

    /// <returns><see langword="null"/> for a tool that only reads, or whose record has no id.</returns>
    /// <exception cref="FaultException">The overlay names an argument or a member that does not exist.</exception>
    public static WrittenRecordModel? Read(SpecificationDocument document, OperationModel tool)
    {
        if (tool.Source.Extension[Member] is { } declared)
        {
            return Declared(document, tool, declared);
        }

        if (tool.Hints.ReadOnly)
        {
            return null;
        }

        if (RecordMethods.Contains(tool.Method) && LastSegment(tool) is { } argument)
        {
            return new(argument, null);
        }

        return Ids.FirstOrDefault(path => IsScalar(tool.AnswerShape, path)) is { } id ? new(null, id) : null;
    }

    private static WrittenRecordModel Declared(SpecificationDocument document, OperationModel tool, JsonNode declared)
    {
        if (tool.Hints.ReadOnly)
        {
            throw Fault($"'{tool.ToolName}' only reads, so it writes no record");
        }

        if (declared is not JsonObject { Count: 1 } place)
        {
            throw Fault($"an object with '{Argument}' or '{Answer}' is expected");
        }

        if (place.Text(Argument) is { } argument)
        {
            var known = tool.Arguments.Properties.Select(property => property.Name).ToList();
            return known.Contains(argument)
                ? new(argument, null)
                : throw Fault($"'{tool.ToolName}' has no argument '{argument}'{NameHint.Of(argument, known)}");
        }

        var path = place.Text(Answer)
            ?? throw Fault($"an object with '{Argument}' or '{Answer}' and a text is expected");
        return MemberPath.Find(tool.AnswerShape, path, out var fault) is not null
            ? new(null, path)
            : throw Fault($"the answer of '{tool.ToolName}' has no member {fault}");

        FaultException Fault(string fault) =>
            new(
                new(
                    DiagnosticIds.OverlayMember,
                    Severity.Error,
                    document.File,
                    $"{tool.Pointer}/x-mcp/{Member}",
                    $"x-mcp.{Member}: {fault}. Correct the overlay."
                )
            );
    }

    private static string? LastSegment(OperationModel tool) =>
        tool
            .Parameters.FirstOrDefault(parameter =>
                parameter.Location == ParameterLocation.Path
                && tool.Path.TrimEnd('/').EndsWith($"/{{{parameter.Name}}}", StringComparison.Ordinal)
            )
            ?.Argument;

    // An answer that the document does not describe may have any member, or none.
    private static bool IsScalar(SchemaModel answer, string path)
    {
        SchemaModel? shape = answer;
        foreach (var step in path.Split('.'))
        {
            shape = shape?.Properties.FirstOrDefault(member => member.Name == step)?.Schema;
        }

        return shape is { Items: null, Properties.Count: 0 };
    }
}
