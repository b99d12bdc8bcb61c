using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>Rule D12 under all conditions at once: ten thousand rows in three currencies with nulls, a page that fails,
/// and rows that are added meanwhile. What was read is added up to the digit, the rest is told, and memory stays
/// flat.</summary>
internal sealed class LedgerWalkTests
{
    private const int FailingPage = 77;
    private const int GrowingPage = 40;
    private const int Added = 120;
    private const int AllRows = 10_000 + Added;

    // Pages of 60 rows, of which the failing page has none to give.
    private const int ReadRows = AllRows - PagedApi.LargestPage;

    private readonly PeakPool pool = new();
    private PagedApi api = null!;
    private JsonNode result = null!;

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        api = await PagedApi.StartAsync();
        string[] all = [.. LedgerRows.Make(AllRows)];
        api.Rows = all[..^Added];
        api.Before = (page, _) =>
        {
            if (page == GrowingPage)
            {
                api.Rows = all;
            }

            return Task.FromResult(page == FailingPage ? Results.StatusCode(500) : null);
        };
        await using var server = await StrictUpstream.StartAsync(
            services => services.AddSingleton<ArrayPool<byte>>(pool),
            [
                ("Upstream:BaseAddress", api.Address),
                ("Upstream:Retries", "0"),
                ("Upstream:RequestsPerMinutePerUser", "1000000"),
                ("Totals:MaxRows", "20000"),
            ],
            PagedApi.Catalog()
        );
        using var client = new RpcClient(server.Address, server.Token);
        var answer = await client.SendAsync(
            "/mcp",
            "2025-06-18",
            "tools/call",
            new()
            {
                ["name"] = "pages",
                ["arguments"] = new JsonObject { ["total"] = LedgerJudge.Total },
            }
        );
        result = answer.Result["structuredContent"]!;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await api.DisposeAsync();

    [Test]
    public async Task Total_AllAtOnce_IsThatOfPythonsDecimal()
    {
        Assume.That(LedgerJudge.Python(out var python), "python3 is not installed");
        Assert.That(LedgerJudge.Lines(result), Is.EquivalentTo(await LedgerJudge.AskAsync(python, Read())));
    }

    [Test]
    public void Total_AllAtOnce_IsThatOfWholeNumbers() =>
        Assert.That(LedgerJudge.Lines(result), Is.EquivalentTo(LedgerJudge.Compute(Read())));

    [Test]
    public void Total_AllAtOnce_SaysWhatIsMissingAndWhatChanged()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)result["rows"]!, Is.EqualTo(ReadRows));
            Assert.That((int)result["pages"]!, Is.EqualTo(168));
            Assert.That((bool)result["complete"]!, Is.False);
            Assert.That((string?)result["missing"], Is.EqualTo($"page {FailingPage} (status 500)"));
            Assert.That((string?)result["next"], Is.EqualTo("The call only reads and may be repeated."));
            Assert.That((string?)result["changed"], Does.Match("page 1 told 167 pages, page (4[0-3]) 169\\."));
        }
    }

    // Four pages are under way, and one is read. A page of sixty rows is shorter than 16 KiB.
    [Test]
    public void Total_AllAtOnce_HoldsFivePagesAtATime()
    {
        Assert.That(pool.Returned, Is.GreaterThanOrEqualTo(168));
        Assert.That(pool.Peak, Is.LessThanOrEqualTo(5));
        Assert.That(pool.PeakBytes, Is.LessThanOrEqualTo(5 * 64 * 1024));
    }

    private IEnumerable<string> Read() =>
        api.Rows.Where((_, index) => (index / PagedApi.LargestPage) + 1 != FailingPage);
}
