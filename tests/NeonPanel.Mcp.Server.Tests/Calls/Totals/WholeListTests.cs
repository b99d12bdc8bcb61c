using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>Rule D12: totals over all pages are exact, or say what is missing.</summary>
internal sealed class WholeListTests : WholeListFixture
{
    [TestCaseSource(typeof(PagedApi), nameof(PagedApi.Kinds))]
    public async Task Total_EachKindOfPaging_HasAllRows(string tool)
    {
        var result = await ReadAsync(tool, new() { ["total"] = "count, min(id), max(id)" });
        Assert.That(
            Plain(result),
            Is.EqualTo("""{"total":[{"count":250,"min(id)":1,"max(id)":250}],"rows":250,"pages":5,"complete":true}""")
        );
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(59)]
    [TestCase(60)]
    [TestCase(61)]
    [TestCase(120)]
    public async Task Total_EdgeOfAPage_HasAllRows(int count)
    {
        Api.Rows = [.. LedgerRows.Make(count)];
        foreach (var tool in PagedApi.Kinds)
        {
            var result = await ReadAsync(tool, new() { ["total"] = "count" });
            using (Assert.EnterMultipleScope())
            {
                Assert.That((int)result["total"]![0]!["count"]!, Is.EqualTo(count), tool);
                Assert.That((bool)result["complete"]!, Is.True, tool);
            }
        }
    }

    [Test]
    public async Task Total_TenThousandRowsInThreeCurrencies_AreThoseOfASecondImplementation()
    {
        Api.Rows = [.. LedgerRows.Make(10_000)];
        var result = await ReadAsync(
            "pages",
            new() { ["total"] = "count, sum(amount), min(amount), max(amount) by vendor.name" }
        );
        Assert.That((bool)result["complete"]!, Is.True, Plain(result));
        Assert.That(LedgerJudge.Lines(result), Is.EquivalentTo(LedgerJudge.Compute(Api.Rows)));
    }

    [Test]
    public async Task Total_TenThousandRowsInThreeCurrencies_AreThoseOfPythonsDecimal()
    {
        Assume.That(LedgerJudge.Python(out var python), "python3 is not installed");
        Api.Rows = [.. LedgerRows.Make(10_000)];
        var result = await ReadAsync(
            "cursors",
            new() { ["total"] = "sum(amount), count, min(amount), max(amount) by vendor.name" }
        );
        Assert.That(LedgerJudge.Lines(result), Is.EquivalentTo(await LedgerJudge.AskAsync(python, Api.Rows)));
    }

    [Test]
    public async Task Total_PageThatFails_IsNamed()
    {
        Api.Before = (page, _) => Task.FromResult(page == 3 ? Results.StatusCode(500) : null);
        var result = await ReadAsync("pages", new() { ["total"] = "count" });
        Assert.That(
            Plain(result),
            Is.EqualTo(
                """{"notice":"Not complete: page 3 (status 500). The call only reads and may be repeated.","total":[{"count":190}],"rows":190,"pages":4,"complete":false,"missing":"page 3 (status 500)","next":"The call only reads and may be repeated."}"""
            )
        );
    }

    [Test]
    public async Task Total_PageThatIsLimited_IsAskedAgain()
    {
        var refused = 0;
        Api.Before = (page, http) =>
        {
            if (page != 2 || Interlocked.Increment(ref refused) > 1)
            {
                return Task.FromResult<IResult?>(null);
            }

            http.Response.Headers.RetryAfter = "1";
            return Task.FromResult<IResult?>(Results.StatusCode(429));
        };
        var result = await ReadAsync("pages", new() { ["total"] = "count" });
        Assert.That((int)result["total"]![0]!["count"]!, Is.EqualTo(250));
        Assert.That((bool)result["complete"]!, Is.True, Plain(result));
    }

    [Test]
    public async Task Total_FirstPageThatFails_IsTheFailureOfTheCall()
    {
        Api.Before = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(403));
        Assert.That(
            await RefusedAsync("pages", new() { ["total"] = "count" }),
            Does.Contain("403").And.Contain("permission")
        );
    }

    [Test]
    public async Task Total_RowAddedMeanwhile_IsTold()
    {
        Api.Before = (page, _) =>
        {
            if (page == 2)
            {
                // The newest row comes first, so that the last of page 1 is on page 2 again.
                Api.Rows = ["""{"id":9000,"amount":1,"currency":"USD"}""", .. Api.Rows];
            }

            return Task.FromResult<IResult?>(null);
        };
        var result = await ReadAsync("cursors", new() { ["total"] = "count" });
        Assert.That((bool)result["complete"]!, Is.False);
        Assert.That(
            (string)result["changed"]!,
            Is.EqualTo(
                "The list changed while it was read: the row with id 60 was on pages 1 and 2. Repeat the call for exact figures."
            )
        );
    }

    [Test]
    public async Task Total_TotalThatGrowsMeanwhile_IsToldAndTheNewRowsAreRead()
    {
        var grown = new TaskCompletionSource();
        Api.Before = async (page, _) =>
        {
            // Pages are requested at the same time, so only one of them changes the rows, and the later ones wait.
            if (page == 2)
            {
                Api.Rows = [.. LedgerRows.Make(310)];
                grown.SetResult();
            }

            await (page > 2 ? grown.Task : Task.CompletedTask);
            return null;
        };
        var result = await ReadAsync("pages", new() { ["total"] = "count" });
        Assert.That((int)result["total"]![0]!["count"]!, Is.EqualTo(310));
        Assert.That((string?)result["changed"], Does.Contain("page 1 told 5 pages, page 2 6."));
    }

    [Test]
    public async Task Total_ApiThatSendsTheLastPageForEver_EndsAndIsTold()
    {
        var result = await ReadAsync("clamped", new() { ["total"] = "count" });
        Assert.That((bool)result["complete"]!, Is.False);
        Assert.That((string)result["missing"]!, Does.Contain("the API sent the page before it again"));
        Assert.That(Api.Requests, Has.Count.LessThan(12));
    }

    [Test]
    public async Task Total_Pages_AreReadFourAtATime()
    {
        var waiting = 0;
        var most = 0;
        using var gate = new SemaphoreSlim(0);
        Api.Before = async (page, _) =>
        {
            if (page > 1 && page <= 5)
            {
                most = Math.Max(most, Interlocked.Increment(ref waiting));
                if (waiting == 4)
                {
                    gate.Release(4);
                }

                await gate.WaitAsync();
            }

            return null;
        };
        var result = await ReadAsync("pages", new() { ["total"] = "count" });
        Assert.That((bool)result["complete"]!, Is.True, Plain(result));
        Assert.That(most, Is.EqualTo(4));
    }

    // 167 pages of about 13 KB. Four are under way, and one is read.
    [Test]
    public async Task Total_TenThousandRows_HoldFivePagesAtATime()
    {
        Api.Rows = [.. LedgerRows.Make(10_000)];
        var pool = new PeakPool();
        await using var own = await StrictUpstream.StartAsync(
            services => services.AddSingleton<ArrayPool<byte>>(pool),
            [("Upstream:BaseAddress", Api.Address)],
            PagedApi.Catalog()
        );
        using var rpc = new RpcClient(own.Address, own.Token);
        var answer = await rpc.SendAsync(
            "/mcp",
            "2025-06-18",
            "tools/call",
            new()
            {
                ["name"] = "pages",
                ["arguments"] = new JsonObject { ["total"] = "count" },
            }
        );
        Assert.That((int)answer.Result["structuredContent"]!["rows"]!, Is.EqualTo(10_000));
        Assert.That(pool.Returned, Is.GreaterThanOrEqualTo(167));
        Assert.That(pool.Peak, Is.LessThanOrEqualTo(5));
    }
}
