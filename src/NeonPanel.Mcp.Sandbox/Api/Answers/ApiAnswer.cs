using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Answers;

/// <summary>An answer of the API.</summary>
/// <param name="Body">JSON; <see langword="null"/> for no body.</param>
/// <param name="Change">The journal that the call leaves; <see langword="null"/> if it changes nothing.</param>
/// <param name="RetryAfter">Seconds to wait before the next call.</param>
internal sealed record ApiAnswer(
    int Status,
    JsonNode? Body,
    Journal? Change = null,
    int? RetryAfter = null,
    string? RequestId = null
)
{
    public static ApiAnswer Ok(JsonNode body, Journal? change = null) => new(StatusCodes.Status200OK, body, change);

    public static ApiAnswer NoContent(Journal change) => new(StatusCodes.Status204NoContent, null, change);

    /// <summary>One page of a list, with the members of pages first.</summary>
    /// <param name="middle">Members between those of the page and the rows.</param>
    public static ApiAnswer Page<T>(
        ApiCall call,
        PageSizes sizes,
        IReadOnlyList<T> rows,
        Func<T, JsonNode> write,
        JsonObject? middle = null,
        string member = "data"
    )
    {
        var (number, size) = call.Query.Page(sizes);
        call.Query.ThrowIfWrong();
        var body = new JsonObject
        {
            ["current_page"] = number,
            ["per_page"] = size,
            ["last_page"] = Math.Max(1, (rows.Count + size - 1) / size),
        };
        foreach (var (name, value) in middle ?? [])
        {
            body[name] = value?.DeepClone();
        }

        var page = rows.Skip((int)Math.Min(int.MaxValue, (number - 1L) * size)).Take(size);
        body[member] = new JsonArray([.. page.Select(write)]);
        return Ok(body);
    }

    /// <summary>One page of a list that repeats its filters.</summary>
    public static ApiAnswer FilteredPage<T>(
        ApiCall call,
        PageSizes sizes,
        IReadOnlyList<T> rows,
        Func<T, JsonNode> write
    ) => Page(call, sizes, rows, write, new JsonObject { ["filters"] = call.Query.Filters.DeepClone() });
}
