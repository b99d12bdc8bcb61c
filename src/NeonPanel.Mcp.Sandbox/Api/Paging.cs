using System.Globalization;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>Cuts the one page of an example into the page that was asked for.</summary>
internal static class Paging
{
    public static void Apply(JsonNode answer, IQueryCollection query)
    {
        if (answer is not JsonObject page || page["data"] is not JsonArray data || !page.ContainsKey("current_page"))
        {
            return;
        }

        if (query["search"].ToString() is { Length: > 0 } search)
        {
            data =
            [
                .. data.Where(item => item!.ToJsonString().Contains(search, StringComparison.OrdinalIgnoreCase))
                    .Select(item => item!.DeepClone()),
            ];
        }

        var size = Number(query["per_page"], page["per_page"]?.GetValue<int>() ?? 30);
        var number = Number(query["page"], 1);
        page["current_page"] = number;
        page["per_page"] = size;
        page["last_page"] = Math.Max(1, (data.Count + size - 1) / size);
        page["data"] = new JsonArray([.. data.Skip((number - 1) * size).Take(size).Select(item => item!.DeepClone())]);
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : otherwise;
}
