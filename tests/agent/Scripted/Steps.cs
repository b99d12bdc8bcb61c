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
        // The sandbox applies all arguments, so that such a notice is a false alarm.
        if (result.Full.Contains("may have ignored", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{tool} reports ignored arguments: {result.Full}");
        }

        return !result.IsRejected && result.Structured is { } content
            ? content
            : throw new InvalidOperationException($"{tool} was rejected: {result.Text}");
    }

    /// <summary>Calls a tool that writes, and reads only what identifies the record.</summary>
    /// <exception cref="InvalidOperationException">The call was rejected.</exception>
    public Task<JsonElement> WriteAsync(string tool, JsonObject arguments, string fields = "id,ref_number")
    {
        arguments["fields"] = fields;
        return CallAsync(tool, arguments);
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

    /// <summary>The rows of a table of a composed tool, by the names of its columns.</summary>
    public async Task<List<Dictionary<string, JsonElement>>> TableAsync(string tool, JsonObject arguments, string table)
    {
        var answer = (await CallAsync(tool, arguments)).GetProperty(table);
        var columns = answer.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!).ToList();
        return
        [
            .. answer
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row => columns.Zip(row.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second)),
        ];
    }

    /// <summary>The rows of all pages, in one call.</summary>
    public async Task<List<JsonElement>> AllAsync(string tool, JsonObject arguments)
    {
        arguments["all_pages"] = true;
        var answer = await CallAsync(tool, arguments);
        return answer.GetProperty("complete").GetBoolean()
            ? [.. answer.List("data")]
            : throw new InvalidOperationException($"{tool} did not read all pages.");
    }

    /// <summary>The groups of a total, which must be complete.</summary>
    public async Task<List<JsonElement>> TotalAsync(string tool, JsonObject arguments, string total)
    {
        arguments["total"] = total;
        var answer = await CallAsync(tool, arguments);
        return answer.GetProperty("complete").GetBoolean()
            ? [.. answer.List("total")]
            : throw new InvalidOperationException($"{tool} did not add up all pages.");
    }
}
