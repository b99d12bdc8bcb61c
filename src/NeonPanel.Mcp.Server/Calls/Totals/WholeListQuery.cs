using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The query of a call over all pages of a list: totals, rows that meet conditions, or all rows.</summary>
/// <param name="Total">The totals, or <see langword="null"/> for the rows.</param>
/// <param name="Where">The conditions that a row must meet.</param>
internal sealed record WholeListQuery(TotalQuery? Total, IReadOnlyList<Condition> Where)
{
    public const string AllPages = "all_pages";

    /// <summary>Returns whether a call asks for all pages.</summary>
    public static bool IsIn(ToolDescriptor tool, JsonElement arguments) =>
        tool.Rows is not null
        && (
            IsText(arguments, TotalReader.Argument)
            || IsText(arguments, ConditionReader.Argument)
            || (arguments.TryGetProperty(AllPages, out var all) && all.ValueKind == JsonValueKind.True)
        );

    /// <summary>Reads the arguments.</summary>
    /// <param name="violations">Receives a sentence for each fault.</param>
    public static WholeListQuery Read(ToolDescriptor tool, JsonElement arguments, List<string> violations)
    {
        var members = RowMembers.Of(tool);
        TotalQuery? total = null;
        IReadOnlyList<Condition> where = [];
        if (IsText(arguments, TotalReader.Argument))
        {
            total = new TotalReader(members, violations).Read(arguments.GetProperty(TotalReader.Argument).GetString()!);
            var paging = tool.Paging;
            if (
                new[] { paging.Page, paging.Offset, paging.Cursor }.FirstOrDefault(name =>
                    name is not null
                    && arguments.TryGetProperty(name, out var value)
                    && !IsStart(value, isPage: name == paging.Page)
                ) is
                { } place
            )
            {
                violations.Add(
                    $"Argument '{TotalReader.Argument}' adds up all pages, so leave '{place}' out, or leave '{TotalReader.Argument}' out for one page."
                );
            }
        }

        if (IsText(arguments, ConditionReader.Argument))
        {
            var text = arguments.GetProperty(ConditionReader.Argument).GetString()!;
            where = new ConditionReader(members, violations).Read(text);
        }

        return new(total, where);
    }

    // Models often send the number of the first page.
    private static bool IsStart(JsonElement value, bool isPage) =>
        value.ValueKind is JsonValueKind.Null
        || (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && (number == 0 || (number == 1 && isPage))
        )
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    private static bool IsText(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString()!.Trim().Length > 0;
}
