using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Building;

/// <summary>Marks the values of an answer whose type is proven: the specification declares one type without null, and
/// observed answers had nothing else.</summary>
internal static class ProvenTypes
{
    // Members that the server adds to an answer, also in the place of the API's own.
    private static readonly string[] OfServer =
    [
        "notice",
        "_notice",
        "status",
        "request_id",
        "retry_after_seconds",
        "location",
        "preview",
        "value",
    ];

    // Members of an answer in which the server has read all pages.
    private static readonly string[] OfTotals =
    [
        "total",
        "rows",
        "matched",
        "pages",
        "first_page",
        "complete",
        "missing",
        "next",
        "changed",
    ];

    public static SchemaModel Mark(OperationModel tool, SeenAnswers seen)
    {
        string[] open = tool.Rows is null ? OfServer : [.. OfServer, .. OfTotals];
        return tool.AnswerShape with
        {
            Properties =
            [
                .. tool.AnswerShape.Properties.Select(property =>
                    open.Contains(property.Name)
                        ? property
                        : property with
                        {
                            Schema = Mark(property.Schema, "/" + property.Name),
                        }
                ),
            ],
        };

        SchemaModel Mark(SchemaModel value, string pointer) =>
            value with
            {
                IsProven = IsProven(value, seen.KindsAt(tool.ToolName, pointer)),
                Items = value.Items is { } items ? Mark(items, pointer + "/*") : null,
                Properties =
                [
                    .. value.Properties.Select(property =>
                        property with
                        {
                            Schema = Mark(property.Schema, $"{pointer}/{property.Name}"),
                        }
                    ),
                ],
            };
    }

    // Clients refuse a list without a schema of its items.
    private static bool IsProven(SchemaModel value, IReadOnlyList<string> kinds) =>
        value is { Types: [var type], Nullable: false }
        && (type != "array" || value.Items is not null)
        && kinds.Count > 0
        && kinds.All(kind => kind == type || (kind == "integer" && type == "number"));
}
