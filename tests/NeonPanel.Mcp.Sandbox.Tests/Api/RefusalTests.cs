using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Api;

/// <summary>The requests that the API refuses, and the status and fields of each refusal. A refused request changes
/// nothing.</summary>
internal sealed class RefusalTests
{
    private SandboxHost sandbox = null!;
    private ApiClient api = null!;
    private string hash = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await ApiClient.StartAsync();
        api = new(sandbox, "refused");
        // A copy of its own, as after a first write.
        await api.SendAsync(
            HttpMethod.Put,
            ApiClient.In(ApiClient.Hpo, "bills/911"),
            JsonNode.Parse("""{"name":"Boxes"}""")
        );
        hash = JournalBytes.Hash(api.Journal);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        api.Dispose();
        await sandbox.DisposeAsync();
    }

    [TestCase(
        ApiClient.Nlk,
        "POST bills",
        """{"ref_number":"A"}""",
        403,
        Description = "bills may be seen there, not edited"
    )]
    [TestCase(ApiClient.Nlk, "PUT payment-requests/1", "{}", 403)]
    [TestCase(ApiClient.Nlk, "POST create/bill", "{}", 403)]
    [TestCase(ApiClient.Tdw, "POST inventory-items", "{}", 403)]
    [TestCase(ApiClient.Tdw, "DELETE products/6101", "{}", 403)]
    [TestCase(ApiClient.Hidden, "POST invoices", """{"ref_number":"A"}""", 403)]
    [TestCase("00000000-0000-0000-0000-000000000001", "POST invoices", """{"ref_number":"A"}""", 403)]
    [TestCase("HPO", "POST invoices", """{"ref_number":"A"}""", 403)]
    [TestCase(ApiClient.Hpc, "PUT bills/904", "{}", 404, Description = "a bill of another company")]
    [TestCase(ApiClient.Hpo, "PUT bills/999999", "{}", 404)]
    [TestCase(ApiClient.Hpo, "PUT bills/GBF-22817", "{}", 400, Description = "no whole number")]
    [TestCase(ApiClient.Hpo, "POST bills", "[]", 400)]
    [TestCase(ApiClient.Hpo, "POST bills", "{", 400)]
    [TestCase(ApiClient.Hpo, "POST bills", """{"ref_number":"A","date":"2025-12-31"}""", 400, Description = "locked")]
    [TestCase(
        ApiClient.Hpo,
        "POST adjustments",
        """{"ref_number":"A","date":"2025-02-01"}""",
        400,
        Description = "locked"
    )]
    [TestCase(
        ApiClient.Hpo,
        "POST shipments",
        """{"ref_number":"A","date_shipment_sent":"2025-02-01"}""",
        400,
        Description = "locked"
    )]
    [TestCase(
        ApiClient.Hpo,
        "POST invoices",
        """{"ref_number":"A","transaction_date":"2025-02-01"}""",
        400,
        Description = "locked"
    )]
    [TestCase(
        ApiClient.Hpo,
        "POST assembly-orders",
        """{"ref_number":"A","date_order_assembled":"2025-02-01"}""",
        400,
        Description = "locked"
    )]
    [TestCase(
        ApiClient.Hpo,
        "POST inventory-orders",
        """{"ref_number":"A","date_manufacturing_completed":"2025-02-01"}""",
        400,
        Description = "locked"
    )]
    [TestCase(ApiClient.Hpo, "PUT bills/904", """{"date":"2025-06-01"}""", 400, Description = "into the locked books")]
    [TestCase(ApiClient.Hpo, "PUT invoices/2671", """{"name":"mine"}""", 400, Description = "synced from Amazon")]
    [TestCase(ApiClient.Hpo, "PUT shipments/341", """{"name":"mine"}""", 400, Description = "of Amazon")]
    [TestCase(
        ApiClient.Hpo,
        "POST create/bill",
        """{"data":{"ref_number":"A","vendor":"GBF","details":[]}}""",
        400,
        Description = "no lines"
    )]
    [TestCase(
        ApiClient.Hpo,
        "POST create/bill",
        """{"data":{"ref_number":"A","vendor":"Nobody","details":[{"service":"x","quantity":1,"rate":1}]}}""",
        400
    )]
    [TestCase(ApiClient.Hpo, "POST create/invoice", """{"data":{}}""", 400)]
    [TestCase(ApiClient.Hpo, "POST import/bill/pdf", """{"file":{"name":"x"}}""", 400)]
    public async Task Write_ThatIsRefused_ChangesNothing(string company, string call, string body, int status)
    {
        var parts = call.Split(' ');
        var reply = await api.SendAsync(
            new(parts[0]),
            ApiClient.In(company, parts[1]),
            new StringContent(body, Encoding.UTF8, "application/json")
        );
        Assert.That((int)reply.Status, Is.EqualTo(status), reply.Text);
        Assert.That(reply.Message, Is.Not.Empty);
        Assert.That(JournalBytes.Hash(api.Journal), Is.EqualTo(hash));
    }

    [TestCase("bills", "{}", "ref_number")]
    [TestCase("bills", """{"ref_number":""}""", "ref_number")]
    [TestCase("bills", """{"ref_number":"A","vendor_id":79}""", "vendor_id", Description = "of another company")]
    [TestCase("bills", """{"ref_number":"A","vendor_id":"Great Basin"}""", "vendor_id")]
    [TestCase("bills", """{"ref_number":"A","payment_term_id":11}""", "payment_term_id", Description = "for orders")]
    [TestCase(
        "bills",
        """{"ref_number":"A","payment_term_id":17}""",
        "payment_term_id",
        Description = "of another company"
    )]
    [TestCase("bills", """{"ref_number":"A","date":"2026-11-31"}""", "date")]
    [TestCase("bills", """{"ref_number":"A","market":"USA"}""", "market")]
    [TestCase("bills", """{"ref_number":"A","currency":"usd"}""", "currency")]
    [TestCase(
        "bills",
        """{"ref_number":"A","details":[{"service_id":141,"quantity":1,"rate":1},{"service_id":142,"quantity":1}]}""",
        "details.1.rate"
    )]
    [TestCase(
        "bills",
        """{"ref_number":"A","details":[{"service_id":155,"quantity":0,"rate":"x"}]}""",
        "details.0.service_id details.0.quantity details.0.rate"
    )]
    [TestCase("bills", """{"ref_number":"A","documents":[{"type":"InventoryOrder","id":9}]}""", "documents.0.id")]
    [TestCase("bills", """{"ref_number":"A","documents":[{"type":"Bill","id":904}]}""", "documents.0.type")]
    [TestCase("inventory-orders", """{"ref_number":"A","warehouse_id":41}""", "warehouse_id")]
    [TestCase(
        "inventory-orders",
        """{"ref_number":"A","details":[{"inventory_id":7401,"quantity":1.5,"price":9}]}""",
        "details.0.quantity"
    )]
    [TestCase("shipments", """{"ref_number":"A","shipment_method":"Air"}""", "shipment_method")]
    [TestCase(
        "shipments",
        """{"ref_number":"A","date_shipment_sent":"2026-11-20","date_shipment_arrived":"2026-11-19"}""",
        "date_shipment_arrived"
    )]
    [TestCase(
        "shipments",
        """{"ref_number":"A","items":[{"origin_inventory_id":7401,"quantity_shipped":0,"quantity_received":-1}]}""",
        "items.0.quantity_shipped items.0.quantity_received"
    )]
    [TestCase(
        "adjustments",
        """{"ref_number":"A","details":[{"inventory_id":7401,"quantity":5,"rate":1}]}""",
        "details.0.service_id"
    )]
    [TestCase("invoices", """{"ref_number":"A","customer_id":216}""", "customer_id")]
    [TestCase("invoices", """{"ref_number":"A","details":[{"service_id":143,"quantity":1}]}""", "details.0.amount")]
    [TestCase(
        "assembly-orders",
        """{"ref_number":"A","items":[{"assembly_id":1,"quantity":1}]}""",
        "items.0.assembly_id"
    )]
    [TestCase(
        "inventory-items",
        """{"product_id":1,"manager_id":"Marisol","restock_data":{"lead_time_days":"x"}}""",
        "product_id manager_id restock_data.lead_time_days"
    )]
    public async Task Create_WithWrongFields_NamesThemAllAndChangesNothing(string path, string body, string fields)
    {
        var reply = await api.SendAsync(HttpMethod.Post, ApiClient.In(ApiClient.Hpo, path), JsonNode.Parse(body));
        Assert.That((int)reply.Status, Is.EqualTo(422), reply.Text);
        Assert.That(reply.Fields, Is.EquivalentTo(fields.Split(' ')));
        Assert.That(JournalBytes.Hash(api.Journal), Is.EqualTo(hash));
    }

    // "An item of another company is left out with no error."
    [Test]
    public async Task CreateOrder_WithAnItemOfAnotherCompany_LeavesTheLineOut()
    {
        using var other = new ApiClient(sandbox, "left-out");
        var foreign = other.Journal.Items.Values.First(item => item.CompanyId == 431).Id;
        var reply = await other.SendAsync(
            HttpMethod.Post,
            ApiClient.In(ApiClient.Hpo, "inventory-orders"),
            JsonNode.Parse(
                $$"""{"ref_number":"A","details":[{"inventory_id":{{foreign}},"quantity":1,"price":1},{"inventory_id":7401,"quantity":2,"price":9}]}"""
            )
        );
        Assert.That(
            reply.Body!["details"]!.AsArray().Select(line => line!["inventory_id"]!.GetValue<int>()),
            Is.EqualTo(new[] { 7401 })
        );
    }

    [TestCase("GET", "/api/v1/companies")]
    [TestCase("POST", "/sandbox/reset")]
    [TestCase("GET", "/sandbox/faults")]
    [TestCase("GET", "/sandbox/journal")]
    public async Task Call_WithoutAToken_Is401(string method, string path)
    {
        using var http = new HttpClient { BaseAddress = sandbox.Issuer };
        using var response = await http.SendAsync(new HttpRequestMessage(new(method), path));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
