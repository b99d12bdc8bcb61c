using System.Text;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Upstream;

/// <summary>A write is sent exactly once (rule D5): not repeated by the resilience library, and not by the HTTP
/// handler, which by itself repeats what a pooled connection failed to carry.</summary>
internal sealed class WriteOnceTests
{
    private static readonly string[] Methods = ["POST", "PUT", "PATCH", "DELETE", "COPY"];

    // With a body and without.
    private static IEnumerable<TestCaseData> Writes() =>
        from method in Methods
        from body in (string?[])["{\"a\":1}", null]
        select new TestCaseData(method, body);

    [TestCaseSource(nameof(Writes))]
    public async Task Write_ResetAfterItWasRead_ArrivesOnce(string method, string? body)
    {
        await using var api = new RawUpstream(exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        await using var path = new UpstreamPath(api);
        await Assert.ThatAsync(() => path.SendAsync(method, body), Throws.InstanceOf<HttpRequestException>());
        AssertOne(api, method, body);
    }

    [TestCaseSource(nameof(Writes))]
    public async Task Write_ResetOnAConnectionUsedBefore_ArrivesOnce(string method, string? body) =>
        await OnUsedConnectionAsync(method, body, exchange => exchange.Reset());

    [TestCaseSource(nameof(Writes))]
    public async Task Write_ClosedOnAConnectionUsedBefore_ArrivesOnce(string method, string? body) =>
        await OnUsedConnectionAsync(method, body, exchange => exchange.Close());

    [TestCaseSource(nameof(Writes))]
    public async Task Write_AnsweredWithAPassingFault_ArrivesOnce(string method, string? body)
    {
        foreach (
            var status in (string[])
                ["408 Request Timeout", "429 Too Many Requests", "500 Internal Server Error", "503 Service Unavailable"]
        )
        {
            await using var api = new RawUpstream(exchange =>
                exchange.SendJsonAsync("{}", status, "Retry-After: 1\r\n")
            );
            await using var path = new UpstreamPath(api);
            var answer = await path.SendAsync(method, body);
            Assert.That(
                status,
                Does.StartWith(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture))
            );
            AssertOne(api, method, body);
        }
    }

    // By itself the handler sends it four times.
    [TestCase(0, 1)]
    [TestCase(2, 3)]
    public async Task Read_ClosedBeforeTheAnswer_IsSentAsOftenAsIsSet(int retries, int expected)
    {
        await using var api = new RawUpstream(exchange =>
        {
            exchange.Close();
            return Task.CompletedTask;
        });
        await using var path = new UpstreamPath(api, retries: retries);
        await Assert.ThatAsync(() => path.GetAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(api.Requests, Has.Count.EqualTo(expected));
    }

    private static async Task OnUsedConnectionAsync(string method, string? body, Action<RawExchange> end)
    {
        await using var api = new RawUpstream(async exchange =>
        {
            if (exchange.Request.Number == 2)
            {
                end(exchange);
                return;
            }

            await exchange.SendJsonAsync("{}");
        });
        await using var path = new UpstreamPath(api);
        await path.GetAsync();
        await Assert.ThatAsync(() => path.SendAsync(method, body), Throws.InstanceOf<HttpRequestException>());
        AssertOne(api, method, body, besides: 1);
        Assert.That(api.Requests.Last().Number, Is.EqualTo(2), "it went out on the connection that was used before");
    }

    private static void AssertOne(RawUpstream api, string method, string? body, int besides = 0)
    {
        Assert.That(api.Requests, Has.Count.EqualTo(1 + besides));
        Assert.That(api.Requests.Last().Line, Is.EqualTo(method + " /x HTTP/1.1"));
        Assert.That(Encoding.UTF8.GetString(api.Requests.Last().Body), Is.EqualTo(body ?? ""));
    }
}
