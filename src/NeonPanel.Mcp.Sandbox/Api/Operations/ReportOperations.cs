using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Reports: what there is, and how a link is made.</summary>
internal static class ReportOperations
{
    public static ApiAnswer List(ApiCall call) =>
        ApiAnswer.Ok(
            new JsonObject
            {
                ["count"] = call.Journal.Reports.Count,
                ["data"] = Json.Array(call.Journal.Reports.Values, Item),
            }
        );

    public static ApiAnswer Read(ApiCall call)
    {
        if (!call.Journal.Reports.TryGetValue(call.RouteNumber("reportId"), out var report))
        {
            throw new ApiRefusal(StatusCodes.Status404NotFound, "There is no such report.");
        }

        var answer = Item(report);
        answer["sheets"] = Json.Array(report.Sheets, Sheet);
        return ApiAnswer.Ok(answer);
    }

    private static JsonObject Item(Report report) =>
        new()
        {
            ["id"] = report.Id,
            ["title"] = report.Title,
            ["group"] = report.Group,
            ["description"] = report.Description,
            ["link"] = report.Link,
        };

    private static JsonObject Sheet(ReportSheet sheet) =>
        new()
        {
            ["slug"] = sheet.Slug,
            ["title"] = sheet.Title,
            ["description"] = sheet.Description,
            ["parameters"] = Json.Array(sheet.Parameters, parameter => new JsonObject
            {
                ["slug"] = parameter.Slug,
                ["title"] = parameter.Title,
                ["type"] = parameter.Type,
                ["multiselect"] = parameter.IsMultiple,
            }),
        };
}
