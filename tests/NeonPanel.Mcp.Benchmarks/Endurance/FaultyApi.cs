using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using NeonPanel.Mcp.Benchmarks.Load;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>An API that fails as it is asked to, as a process of its own. It remembers what was written: a write may
/// come once only.</summary>
internal static class FaultyApi
{
    public const string Repeated = "/repeated";

    /// <summary>The answer to <c>listCompanies</c>.</summary>
    public static readonly string Companies =
        $$"""{"current_page":1,"last_page":1,"data":[{"id":1,"uuid":"{{Order.Company}}","name":"{{Order.CompanyName}}"}]}""";

    private const int Small = 4 * 1024;
    private const int Large = 200 * 1024;
    private const int Huge = 5 * 1024 * 1024;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(20);

    /// <summary>Serves until the standard input ends.</summary>
    public static async Task<int> RunAsync(int port)
    {
        var (written, repeated) = (new ConcurrentDictionary<long, bool>(), 0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.MapGet(Repeated, () => repeated);
        app.MapGet("/api/v1/companies", () => Results.Text(Companies, "application/json"));
        app.Map("/api/v1/{**rest}", async context =>
        {
            var order = await ReadAsync(context.Request);
            if (!HttpMethods.IsGet(context.Request.Method) && !written.TryAdd(order.Number, true))
            {
                Interlocked.Increment(ref repeated);
            }

            await AnswerAsync(context, order);
        });
        await app.StartAsync();
        ChildProcess.Tell("ready");
        while (await Console.In.ReadLineAsync() is not null) { }

        return 0;
    }

    // A record that is read by its id has no argument for an order: there is nothing wrong with it then.
    private static async Task<Order> ReadAsync(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method))
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            return Order.Read(body.RootElement.GetProperty("name").GetString())!;
        }

        return Order.Read(request.Query["search"])
            ?? new("ok", long.Parse(request.Path.Value!.Split('/')[^1], CultureInfo.InvariantCulture));
    }

    private static async Task AnswerAsync(HttpContext context, Order order)
    {
        var response = context.Response;
        var body =
            HttpMethods.IsGet(context.Request.Method) && context.Request.Query.ContainsKey("search")
                ? order.Page(
                    order.Fault switch
                    {
                        "large" => Large,
                        "huge" => Huge,
                        _ => Small,
                    }
                )
            : order.Fault == "huge" ? order.Page(Huge)
            : order.Row(1);
        switch (order.Fault)
        {
            case "500" or "503" or "401" or "422" or "429":
                response.StatusCode = int.Parse(order.Fault, CultureInfo.InvariantCulture);
                body = """{"message":"as ordered"}""";
                break;
            case "slow" or "stall":
                await Task.Delay(order.Fault == "slow" ? Slow : Stall, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "reset":
                Reset(context);
                return;
            case "cut":
                response.ContentLength = body.Length;
                await response.WriteAsync(body[..(body.Length / 2)]);
                await response.Body.FlushAsync();
                Reset(context);
                return;
            case "gzip" or "torn":
                await WriteAsync(response, Zip(body), isTorn: order.Fault == "torn");
                return;
            case "garbage":
                body = body[..^2] + "\"";
                break;
            case "page":
                response.ContentType = "text/html";
                await response.WriteAsync("<!doctype html><title>Sign in</title>");
                return;
        }

        (response.ContentType, response.ContentLength) = ("application/json", Encoding.UTF8.GetByteCount(body));
        await response.WriteAsync(body);
    }

    // A packed answer, whose beginning is overwritten where it is to be torn.
    private static async Task WriteAsync(HttpResponse response, byte[] packed, bool isTorn)
    {
        if (isTorn)
        {
            packed.AsSpan(12, 40).Fill(0xFF);
        }

        (response.ContentType, response.ContentLength) = ("application/json", packed.Length);
        response.Headers.ContentEncoding = "gzip";
        await response.Body.WriteAsync(packed);
    }

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static void Reset(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
}
