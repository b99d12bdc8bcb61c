using System.Net;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Api;

/// <summary>The records that a write changes, and the records that it leaves alone.</summary>
internal sealed class WriteTests
{
    private static int subjects;

    private SandboxHost sandbox = null!;
    private ApiClient api = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => sandbox = await ApiClient.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await sandbox.DisposeAsync();

    [SetUp]
    public void SignIn() => api = new(sandbox, $"writer-{Interlocked.Increment(ref subjects)}");

    [TearDown]
    public void SignOut() => api.Dispose();

    [Test]
    public async Task CreateBill_WithAVendor_AddsTheBillAndOnePaymentRequest()
    {
        var before = api.Journal;
        var reply = await PostAsync(
            "bills",
            """
            {"ref_number":"GBF-23001","date":"2026-11-20","currency":"USD","market":"US","vendor_id":64,
             "details":[{"service_id":141,"quantity":1,"rate":800},{"service_id":142,"quantity":1,"rate":150}]}
            """
        );
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(reply.Body!["amount"]!.GetValue<decimal>(), Is.EqualTo(950));
        var request = reply.Body["payment_requests"]!.AsArray().Single()!;
        Assert.That(
            (request["amount_due"]!.GetValue<decimal>(), request["due_date"]!.ToString()),
            Is.EqualTo((950m, "2026-12-05"))
        );
        Assert.That(Changes(before), Is.EquivalentTo(new[] { "bill +", "payment_request +" }));
        var read = await api.GetAsync(ApiClient.In(ApiClient.Hpo, $"bills/{reply.Body["id"]}"));
        Assert.That(JsonNode.DeepEquals(read, reply.Body), Is.True);
        Assert.That(
            (await api.AllAsync(ApiClient.In(ApiClient.Hpo, "bills?search=GBF-23001"))).Single()["id"]!.ToString(),
            Is.EqualTo(reply.Body["id"]!.ToString())
        );
    }

    [Test]
    public async Task UpdateBill_ItsDateAlone_MovesTheDueDateAndNothingElse()
    {
        var before = api.Journal;
        var bill = before.Bills[911];
        var reply = await PutAsync("bills/911", """{"date":"2026-10-08","ref_number":"ignored"}""");
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        var after = api.Journal;
        Assert.That(after.Bills[911], Is.EqualTo(bill with { Date = new(2026, 10, 8) }));
        Assert.That(
            after.PaymentRequests[1226],
            Is.EqualTo(before.PaymentRequests[1226] with { DueDate = new(2026, 10, 23) })
        );
        Assert.That(Changes(before), Is.EquivalentTo(new[] { "bill 911", "payment_request 1226" }));
    }

    // "A new payment_term_id keeps the payment requests it still needs, with their edits, and deletes the others."
    [Test]
    public async Task UpdateBill_ItsTerm_KeepsWhatIsStillNeededAndDeletesTheRest()
    {
        await PutAsync("bills/904", """{"payment_term_id":13}""");
        var halves = api.Journal.PaymentRequestsOf(new(DocumentKind.Bill, 904)).ToList();
        Assert.That(
            halves.Select(half => (half.AmountDue, half.DueDate, half.PaidAmount)),
            Is.EqualTo(
                new[] { (810m, new DateOnly(2026, 9, 28), (decimal?)null), (810m, new DateOnly(2026, 11, 12), null) }
            )
        );
        await PutAsync(
            $"payment-requests/{halves[0].Id}",
            """{"paid_amount":810,"payment_date":"2026-09-30","memo":"half"}"""
        );
        await PutAsync(
            "bills/904",
            """{"payment_term_id":13,"details":[{"service_id":141,"quantity":1,"rate":2000}]}"""
        );
        var again = api.Journal.PaymentRequestsOf(new(DocumentKind.Bill, 904)).ToList();
        Assert.That(
            again.Select(half => (half.Id, half.AmountDue, half.PaidAmount, half.Memo)),
            Is.EqualTo(
                new[] { (halves[0].Id, 1000m, (decimal?)810, (string?)"half"), (halves[1].Id, 1000m, null, null) }
            )
        );
        await PutAsync("bills/904", """{"payment_term_id":null}""");
        Assert.That(api.Journal.PaymentRequestsOf(new(DocumentKind.Bill, 904)), Is.Empty);
    }

    [Test]
    public async Task UpdatePayment_InFull_PaysTheBill()
    {
        var before = api.Journal;
        var reply = await PutAsync(
            "payment-requests/1226",
            """{"paid_amount":105,"payment_date":"2026-11-28","transaction_number":"ACH-60001"}"""
        );
        Assert.That(reply.Body!["document"]!["status"]!.ToString(), Is.EqualTo("Paid"), reply.Text);
        Assert.That(Changes(before), Is.EquivalentTo(new[] { "bill 911", "payment_request 1226" }));
        await PutAsync("payment-requests/1226", """{"paid_amount":100}""");
        Assert.That(api.Journal.Bills[911].Status, Is.EqualTo("To Pay"));
    }

    [TestCase(5, 256 - 5)]
    [TestCase(-10, 256 + 10)]
    public async Task CreateAdjustment_OfEitherSign_MovesTheBalance(int quantity, int expected)
    {
        var reply = await PostAsync(
            "adjustments",
            $$"""
            {"ref_number":"ADJ-1128","date":"2026-11-14","reason":"Damaged","currency":"USD","market":"US","warehouse_id":31,
             "details":[{"inventory_id":7401,"service_id":145,"quantity":{{quantity}},"rate":10.8}]}
            """
        );
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(await BalanceAsync(7401, "Reno Stockroom", "2026-11-15"), Is.EqualTo(expected));
        Assert.That(await BalanceAsync(7401, "Reno Stockroom", "2026-11-13"), Is.EqualTo(256), "the day before");
    }

    [Test]
    public async Task CreateShipment_ThatIsUnderWay_LeavesOneWarehouseAndReachesTheOtherLater()
    {
        var reply = await PostAsync(
            "shipments",
            """
            {"ref_number":"HP-SH-0210","date_shipment_sent":"2026-11-14","origin_warehouse_id":31,"destination_warehouse_id":32,
             "items":[{"origin_inventory_id":7401,"quantity_shipped":100}]}
            """
        );
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(
            (
                await BalanceAsync(7401, "Reno Stockroom", "2026-11-15"),
                await BalanceAsync(7401, "Amazon US Fulfilment", "2026-11-15")
            ),
            Is.EqualTo((156, 197))
        );
        await PutAsync(
            $"shipments/{reply.Body!["id"]}",
            """
            {"date_shipment_arrived":"2026-11-15","items":[{"origin_inventory_id":7401,"quantity_shipped":100,"quantity_received":98}]}
            """
        );
        Assert.That(
            (
                await BalanceAsync(7401, "Reno Stockroom", "2026-11-15"),
                await BalanceAsync(7401, "Amazon US Fulfilment", "2026-11-15")
            ),
            Is.EqualTo((156, 295))
        );
        var cogs = await api.GetAsync(
            ApiClient.In(ApiClient.Hpo, "inventory-items/7401/cogs?start_date=2026-11-15&end_date=2026-11-15")
        );
        Assert.That(cogs["lost_amount"]!.GetValue<decimal>(), Is.EqualTo(21.6m), "two lanterns at 10.80");
    }

    [Test]
    public async Task CreateInvoice_OfAManualSale_HasItsCogsAndRevenue()
    {
        await PostAsync(
            "invoices",
            """
            {"ref_number":"HP-INV-0400","transaction_date":"2026-11-14","market":"US","currency":"USD","warehouse_id":31,"customer_id":208,"sales_channel_id":6,
             "details":[{"inventory_id":7401,"service_id":143,"quantity":10,"amount":195},{"service_id":144,"quantity":1,"amount":20}]}
            """
        );
        var answer = await api.GetAsync(
            $"/api/v1/revenue-and-cogs?company_uuids={ApiClient.Hpo}&country_codes=US&start_date=2026-11-01&end_date=2026-11-15"
        );
        var row = answer["data"]!.AsArray().Single()!;
        // 104.97 and 32.40 are the example's.
        Assert.That(
            (row["revenue_amount"]!.GetValue<decimal>(), row["cogs_amount"]!.GetValue<decimal>()),
            Is.EqualTo((299.97m, 140.4m))
        );
    }

    [Test]
    public async Task UpdateOrder_WithTheDayOfReceipt_BringsTheGoodsAndTheSecondDueDate()
    {
        await PutAsync("inventory-orders/518", """{"date_manufacturing_completed":"2026-11-27"}""");
        Assert.That(await BalanceAsync(7404, "Reno Stockroom", "2026-11-28"), Is.EqualTo(300));
        Assert.That(api.Journal.PaymentRequests[1222].DueDate, Is.EqualTo(new DateOnly(2026, 11, 27)));
        Assert.That(api.Journal.PaymentRequests[1221].PaidAmount, Is.EqualTo(1416));
    }

    [Test]
    public async Task Delete_OfAnItem_HidesItAndLeavesTheBooks()
    {
        var before = Books.Of(api.Journal).CostsOf(214).StockValue;
        var path = ApiClient.In(ApiClient.Hpo, "inventory-items/7402");
        Assert.That((await api.SendAsync(HttpMethod.Delete, path)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await api.SendAsync(HttpMethod.Get, path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await api.SendAsync(HttpMethod.Delete, path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await api.AllAsync(ApiClient.In(ApiClient.Hpo, "inventory-items?sku=HP-BOTL-32F")), Is.Empty);
        Assert.That(Books.Of(api.Journal).CostsOf(214).StockValue, Is.EqualTo(before));
    }

    [Test]
    public async Task DeleteProduct_OfAKit_IsRefusedAndAnotherGone()
    {
        var refused = await api.SendAsync(HttpMethod.Delete, ApiClient.In(ApiClient.Hpo, "products/6105"));
        Assert.That(
            (refused.Status, refused.Message),
            Is.EqualTo((HttpStatusCode.Forbidden, "This product is still in use."))
        );
        Assert.That(
            (await api.SendAsync(HttpMethod.Delete, ApiClient.In(ApiClient.Hpo, "products/6102"))).Status,
            Is.EqualTo(HttpStatusCode.NoContent)
        );
        Assert.That(await api.AllAsync(ApiClient.In(ApiClient.Hpo, "products?sku=HP-BOTL-32F")), Is.Empty);
    }

    [Test]
    public async Task UpdateSettings_OfOne_LeavesTheOthers()
    {
        var path = ApiClient.In(ApiClient.Hpc, "settings/forecasts");
        var before = await api.GetAsync(path);
        await api.SendAsync(HttpMethod.Put, path, JsonNode.Parse("""{"default_lead_time_days":60}"""));
        before["default_lead_time_days"] = 60;
        Assert.That(JsonNode.DeepEquals(await api.GetAsync(path), before), Is.True);
    }

    [Test]
    public async Task Write_OfOneSubject_IsNotSeenByAnotherAndResetTakesItBack()
    {
        using var other = new ApiClient(sandbox, "other");
        var before = JournalBytes.Hash(other.Journal);
        await PutAsync("bills/911", """{"name":"changed"}""");
        Assert.That(JournalBytes.Hash(api.Journal), Is.Not.EqualTo(before));
        Assert.That(JournalBytes.Hash(other.Journal), Is.EqualTo(before));
        var reset = await api.SendAsync(HttpMethod.Post, "/sandbox/reset");
        Assert.That(reset.Body!["journal"]!.ToString(), Is.EqualTo(before));
        Assert.That(JournalBytes.Hash(api.Journal), Is.EqualTo(before));
        var text = await api.SendAsync(HttpMethod.Get, "/sandbox/journal");
        Assert.That(System.Text.Encoding.UTF8.GetBytes(text.Text), Is.EqualTo(JournalBytes.Write(other.Journal)));
    }

    private Task<ApiReply> PostAsync(string path, string body) =>
        api.SendAsync(HttpMethod.Post, ApiClient.In(ApiClient.Hpo, path), JsonNode.Parse(body));

    private async Task<ApiReply> PutAsync(string path, string body)
    {
        var reply = await api.SendAsync(HttpMethod.Put, ApiClient.In(ApiClient.Hpo, path), JsonNode.Parse(body));
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        return reply;
    }

    private async Task<int> BalanceAsync(int item, string warehouse, string day)
    {
        var answer = await api.GetAsync(
            ApiClient.In(ApiClient.Hpo, $"inventory-items/{item}/balances?balances_date={day}")
        );
        var row = answer["balances_data"]!["balances_list"]!
            .AsArray()
            .SingleOrDefault(row => row!["warehouse"]!["name"]!.ToString() == warehouse);
        return row?["balance"]!.GetValue<int>() ?? 0;
    }

    private IEnumerable<string> Changes(Journal before) =>
        JournalBytes
            .Compare(before, api.Journal)
            .Select(change => change.Before is null ? $"{change.Kind} +" : $"{change.Kind} {change.Id}");
}
