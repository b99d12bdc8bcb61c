using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NeonPanel.Mcp.Server.Tests.Calls.Repeats;

/// <summary>An API that stores each bill it receives, however often, and lists them.</summary>
internal sealed class BillsApi
{
    private readonly Lock gate = new();
    private readonly List<JsonObject> bills = [];
    private int writes;

    /// <summary>Gets or sets what happens to a write in place of a 201: it receives the request, and the action that
    /// stores the bill and returns it.</summary>
    public Func<HttpContext, Func<JsonObject>, Task> Write { get; set; } =
        (context, store) => AnswerAsync(context, store());

    /// <summary>Gets or sets what the list of bills answers in place of its rows.</summary>
    public Func<HttpContext, Task>? List { get; set; }

    /// <summary>Gets how many writes arrived.</summary>
    public int Writes => writes;

    /// <summary>Gets the bodies of the stored bills, in order.</summary>
    public IReadOnlyList<JsonObject> Bills
    {
        get
        {
            lock (gate)
            {
                return [.. bills];
            }
        }
    }

    public static Task AnswerAsync(HttpContext context, JsonNode body, int status = StatusCodes.Status201Created)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method == "GET")
        {
            await (List ?? AnswerListAsync)(context);
            return;
        }

        Interlocked.Increment(ref writes);
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        await Write(context, () => Store(body));
    }

    private Task AnswerListAsync(HttpContext context)
    {
        var search = context.Request.Query["search"].ToString();
        lock (gate)
        {
            var rows = bills
                .Where(bill => (bill["ref_number"]?.ToString() ?? "").Contains(search, StringComparison.Ordinal))
                .Select(bill => bill.DeepClone());
            return AnswerAsync(
                context,
                new JsonObject
                {
                    ["current_page"] = 1,
                    ["last_page"] = 1,
                    ["data"] = new JsonArray([.. rows]),
                },
                StatusCodes.Status200OK
            );
        }
    }

    private JsonObject Store(JsonObject body)
    {
        lock (gate)
        {
            var bill = (JsonObject)body.DeepClone();
            bill["id"] = bills.Count + 1;
            bill["vendor"] = new JsonObject { ["id"] = body["vendor_id"]?.DeepClone() };
            bills.Add(bill);
            return (JsonObject)bill.DeepClone();
        }
    }
}
