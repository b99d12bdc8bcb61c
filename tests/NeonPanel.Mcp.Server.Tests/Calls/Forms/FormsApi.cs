using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace NeonPanel.Mcp.Server.Tests.Calls.Forms;

/// <summary>An API with two companies and three items, of which two have the same name. It records each
/// request.</summary>
internal sealed class FormsApi
{
    public const string Pine = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    public const string Acme = "e0a95d1c-2b78-4f43-a6d9-81c3f57b206e";
    public const string OtherAcme = "0b5dd8a7-61f2-4a0c-8a71-1f7f5ac2e0d3";

    private const string Companies = $$"""
        [{"id":214,"uuid":"{{Pine}}","name":"Harbor & Pine","short_name":"HPO"},
         {"id":387,"uuid":"{{Acme}}","name":"Acme","short_name":"AC"},
         {"id":388,"uuid":"{{OtherAcme}}","name":"ACME","short_name":"AM"}]
        """;

    private readonly ConcurrentQueue<string> requests = new();

    /// <summary>Gets or sets the items of each company.</summary>
    public string Items { get; set; } =
        """
            [{"id":7404,"sku":"HP-LANT-01","asin":"B1","fnsku":"X1","name":"Trail Lantern","country_code":"US"},
             {"id":7512,"sku":"HP-LANT-02","asin":"B2","fnsku":"X2","name":"Trail Lantern","country_code":"CA"}]
            """;

    /// <summary>Gets the requests that are not lookups: method and path.</summary>
    public IReadOnlyList<string> Sent =>
        [.. requests.Where(request => !request.EndsWith("/companies") && !request.EndsWith("/inventory-items"))];

    /// <summary>Gets the requests that change data.</summary>
    public IReadOnlyList<string> Written => [.. requests.Where(request => !request.StartsWith("GET "))];

    public IReadOnlyList<string> All => [.. requests];

    public Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        requests.Enqueue($"{context.Request.Method} {path}");
        context.Response.ContentType = "application/json";
        var rows = path switch
        {
            _ when path.EndsWith("/companies") => Companies,
            _ when path.EndsWith("/inventory-items") => Items,
            _ when path.EndsWith("/products") => """[{"id":5,"name":"Trail Tent","sku":"TENT"}]""",
            _ => null,
        };
        return context.Response.WriteAsync(
            rows is null ? """{"id":1}""" : $$"""{"current_page":1,"last_page":1,"data":{{rows}}}"""
        );
    }
}
