using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>The sandbox's fault <c>ignored_filters</c>: each filter that an answer repeats is reported, and no filter
/// that the API applied.</summary>
internal sealed class IgnoredFilterTests
{
    private const string Outfitters = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    private const string Sign = "The API may have ignored arguments";

    private SandboxHost sandbox = null!;
    private McpClient client = null!;
    private HttpClient api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        api = new() { BaseAddress = sandbox.Issuer };
        api.DefaultRequestHeaders.Authorization = new("Bearer", sandbox.Token);
        client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(sandbox.Address, "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + sandbox.Token,
                    },
                }
            )
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        api.Dispose();
        await client.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    [TestCase("listInventoryItems", "search=lantern", "search is missing")]
    [TestCase("listInventoryItems", "sku=HP-LANT-01", "sku is missing")]
    [TestCase("listInventoryItems", "asin=B0D7LN4QX1", "asin is missing")]
    [TestCase("listInventoryItems", "fnsku=X004K7QLN1", "fnsku is missing")]
    [TestCase("listInventoryItems", "country_code=CA", "country_code is missing")]
    [TestCase("bills_list", "search=GBF", "search is missing")]
    [TestCase("bills_list", "vendors=[64]", "vendors is missing")]
    [TestCase("bills_list", "start_date=2026-10-01;end_date=2026-10-31", "start_date is missing; end_date is missing")]
    [TestCase("inventoryOrders_list", "vendors=[63];warehouses=[31]", "warehouses is missing; vendors is missing")]
    [TestCase("inventoryOrders_list", "search=HP-PO;start_date=2026-10-01", "search is missing; start_date is missing")]
    [TestCase("shipments_list", "warehouses=[31];end_date=2026-10-31", "warehouses is missing; end_date is missing")]
    [TestCase("assemblyOrders_list", "warehouses=[31];search=HP", "search is missing; warehouses is missing")]
    [TestCase("invoices_list", "search=114-;start_date=2026-10-01", "search is missing; start_date is missing")]
    [TestCase("adjustments_list", "search=HP-ADJ;end_date=2026-10-31", "search is missing; end_date is missing")]
    [TestCase("paymentRequests_list", "start_date=2026-11-01", "start_date is missing")]
    [TestCase("vendors_list", "search=Great", "search is missing")]
    [TestCase("services_list", "search=Ocean", "search is missing")]
    [TestCase(
        "listCompaniesWithPermission",
        "permission=view:pages.processes.bills;company_uuids=[\"UUID\"]",
        "company_uuids is "
    )]
    [TestCase(
        "getInventoryDetails",
        "inventoryId=7401;balances_date=2026-06-30",
        "balances_date is 2026-11-28, not 2026-06-30"
    )]
    [TestCase(
        "getWarehouseBalances",
        "warehouseUuid=Reno Stockroom;balances_date=2026-06-30",
        "balances_date is 2026-11-28, not 2026-06-30"
    )]
    [TestCase(
        "getInventoryCogs",
        "inventoryId=7401;start_date=2026-10-01;end_date=2026-10-31",
        "end_date is 2026-11-28, not 2026-10-31"
    )]
    [TestCase(
        "getRevenueAndCogs",
        "start_date=2026-10-01;end_date=2026-10-31;company_uuids=[\"UUID\"];country_codes=[\"US\"]",
        "company_uuids is "
    )]
    public async Task CallTool_FilterOfTheList_IsReportedOnlyIfItIsIgnored(
        string tool,
        string arguments,
        string expected
    )
    {
        var sent = Arguments(tool, arguments);
        await SwitchAsync("{}");
        var applied = await CallAsync(tool, sent);
        Assert.That(applied, Does.Not.Contain(Sign));
        await SwitchAsync("""{"ignored_filters":true}""");
        try
        {
            var ignored = await CallAsync(tool, sent);
            Assert.That(ignored, Does.Contain(Sign).And.Contain(expected));
        }
        finally
        {
            await SwitchAsync("{}");
        }
    }

    // Everything at once, for a caller who selects members: the filters are compared before they are cut away.
    [Test]
    public async Task CallTool_IgnoredFilterWithFields_IsInTheNoticeOfTheAnswer()
    {
        await SwitchAsync("""{"ignored_filters":true}""");
        try
        {
            var result = await client.CallToolAsync(
                "bills_list",
                new Dictionary<string, object?>
                {
                    ["companyUuid"] = Outfitters,
                    ["search"] = "GBF",
                    ["fields"] = new[] { "id", "ref_number" },
                }
            );
            var answer = result.StructuredContent!.Value;
            Assert.That(answer.GetProperty("notice").GetString(), Does.StartWith(Sign));
            Assert.That(answer.TryGetProperty("filters", out _), Is.False);
            Assert.That(
                answer.GetProperty("data")[0].EnumerateObject().Select(member => member.Name),
                Is.EqualTo(new[] { "id", "ref_number" })
            );
        }
        finally
        {
            await SwitchAsync("{}");
        }
    }

    // All pages are read with the same filters, so that one notice is enough.
    [TestCase("bills_list", "vendors=[64]", "total", "sum(amount), count", "vendors is missing")]
    [TestCase(
        "bills_list",
        "search=GBF;start_date=2026-10-01",
        "total",
        "count by vendor.name",
        "start_date is missing"
    )]
    [TestCase("inventoryOrders_list", "search=HP-PO", "where", "total_amount > 1000", "search is missing")]
    [TestCase(
        "paymentRequests_list",
        "start_date=2026-11-01",
        "where",
        "paid_amount is empty",
        "start_date is missing"
    )]
    [TestCase("listInventoryItems", "country_code=CA", "total", "count", "country_code is missing")]
    [TestCase("shipments_list", "end_date=2026-10-31", "all_pages", "true", "end_date is missing")]
    [TestCase("invoices_list", "start_date=2026-11-01", "total", "sum(amount)", "start_date is missing")]
    public async Task CallTool_AllPages_ReportAnIgnoredFilterOnce(
        string tool,
        string arguments,
        string argument,
        string value,
        string expected
    )
    {
        var sent = Arguments(tool, arguments);
        sent[argument] = value == "true" ? true : value;
        await SwitchAsync("{}");
        Assert.That(await NoticeAsync(tool, sent), Does.Not.Contain(Sign));
        await SwitchAsync("""{"ignored_filters":true}""");
        try
        {
            var notice = await NoticeAsync(tool, sent);
            Assert.That(notice.Split(Sign), Has.Length.EqualTo(2), notice);
            Assert.That(notice, Does.Contain(expected));
        }
        finally
        {
            await SwitchAsync("{}");
        }
    }

    private async Task<string> NoticeAsync(string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments);
        Assert.That(result.IsError, Is.Not.True);
        var content = result.StructuredContent!.Value;
        return content.TryGetProperty("notice", out var notice) ? notice.GetString()! : "";
    }

    private static Dictionary<string, object?> Arguments(string tool, string arguments)
    {
        var sent = arguments
            .Split(';')
            .Select(pair => pair.Split('=', 2))
            .ToDictionary<string[], string, object?>(
                pair => pair[0],
                pair =>
                    pair[1][0] is '['
                    || char.IsAsciiDigit(pair[1][0]) && !pair[1].Contains('-', StringComparison.Ordinal)
                        ? JsonElement.Parse(pair[1].Replace("UUID", Outfitters, StringComparison.Ordinal))
                        : pair[1]
            );
        if (tool is not ("listCompaniesWithPermission" or "getRevenueAndCogs"))
        {
            sent["companyUuid"] = Outfitters;
        }

        return sent;
    }

    private async Task<string> CallAsync(string tool, Dictionary<string, object?> arguments)
    {
        if (arguments.GetValueOrDefault("warehouseUuid") is string name)
        {
            var warehouses = await client.CallToolAsync(
                "listWarehouses",
                new Dictionary<string, object?> { ["companyUuid"] = Outfitters }
            );
            arguments["warehouseUuid"] = warehouses
                .StructuredContent!.Value.GetProperty("data")
                .EnumerateArray()
                .Single(warehouse =>
                    warehouse.GetProperty("name").GetString() == name
                    || warehouse.GetProperty("uuid").GetString() == name
                )
                .GetProperty("uuid")
                .GetString();
        }

        var result = await client.CallToolAsync(tool, arguments);
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        Assert.That(result.IsError, Is.Not.True, text);
        return text;
    }

    private async Task SwitchAsync(string faults)
    {
        using var body = new StringContent(faults, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        using var response = await api.PostAsync(new Uri("/sandbox/faults", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
    }
}
