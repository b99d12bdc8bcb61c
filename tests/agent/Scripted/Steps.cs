using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Agent.Sessions;

namespace NeonPanel.Mcp.Agent.Scripted;

/// <summary>The actions of a scripted agent: it calls tools and reads their results. It never sees the
/// journal.</summary>
internal sealed class Steps(Toolbox tools)
{
    public const string Outfitters = "Harbor & Pine Outfitters LLC";

    /// <summary>Calls a tool that must succeed.</summary>
    /// <exception cref="InvalidOperationException">The call was rejected.</exception>
    public async Task<JsonElement> CallAsync(string tool, JsonObject arguments)
    {
        var result = await tools.CallAsync(tool, arguments);
        return !result.IsRejected && result.Structured is { } content
            ? content
            : throw new InvalidOperationException($"{tool} was rejected: {result.Text}");
    }

    /// <summary>Calls a tool that may be rejected, and returns its text.</summary>
    public async Task<string> TryAsync(string tool, JsonObject arguments) =>
        (await tools.CallAsync(tool, arguments)).Text;

    /// <summary>The rows of all pages.</summary>
    public async Task<List<JsonElement>> RowsAsync(string tool, JsonObject arguments, string member = "data")
    {
        var rows = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var sent = (JsonObject)arguments.DeepClone();
            if (page > 1)
            {
                sent["page"] = page;
            }

            var answer = await CallAsync(tool, sent);
            rows.AddRange(answer.GetProperty(member).EnumerateArray());
            if (!answer.TryGetProperty("last_page", out var last) || last.GetInt32() <= page)
            {
                return rows;
            }
        }
    }

    /// <summary>The id of the one item with a SKU.</summary>
    public async Task<int> ItemAsync(string company, string sku)
    {
        var rows = await RowsAsync(
            "listInventoryItems",
            new()
            {
                ["companyUuid"] = company,
                ["sku"] = sku,
                ["fields"] = "data.id",
            }
        );
        return rows.Single().Number("id");
    }
}
