using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Api;

/// <summary>Lists: a filter's answer is a filter of the whole list, and pages joined are the list.</summary>
internal sealed class ListTests
{
    private static readonly string[] Companies = [ApiClient.Hpo, ApiClient.Nlk, ApiClient.Hpc, ApiClient.Tdw];

    private SandboxHost sandbox = null!;
    private ApiClient api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await ApiClient.StartAsync();
        api = new(sandbox, "reader");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        api.Dispose();
        await sandbox.DisposeAsync();
    }

    // Each filter, with what it means for a row. The value is taken from a row, so that something is found.
    private static IEnumerable<TestCaseData> Filters()
    {
        yield return Filter(
            "inventory-items",
            "country_code",
            row => Text(row, "country_code"),
            (row, value) => Text(row, "country_code") == value
        );
        yield return Filter(
            "inventory-items",
            "sku",
            row => Text(row, "sku"),
            (row, value) => Text(row, "sku") == value
        );
        yield return Filter(
            "inventory-items",
            "asin",
            row => Text(row, "asin"),
            (row, value) => Text(row, "asin") == value
        );
        yield return Filter(
            "inventory-items",
            "fnsku",
            row => Text(row, "fnsku"),
            (row, value) => Text(row, "fnsku") == value
        );
        yield return Filter(
            "inventory-items",
            "search",
            row => Text(row, "name")?[..6],
            (row, value) =>
                Contains(
                    value,
                    Text(row, "sku"),
                    Text(row, "asin"),
                    Text(row, "fnsku"),
                    Text(row, "id"),
                    Text(row, "name")
                )
        );
        yield return Filter(
            "warehouses",
            "search",
            row => Text(row, "name")?[..4],
            (row, value) => Contains(value, Text(row, "name"))
        );
        yield return Filter(
            "vendors",
            "search",
            row => Text(row, "name")?[..5],
            (row, value) => Contains(value, Text(row, "name"), Text(row, "code"))
        );
        yield return Filter(
            "services",
            "search",
            row => Text(row, "name")?[..4],
            (row, value) => Contains(value, Text(row, "name"))
        );
        yield return Filter("products", "sku", row => Text(row, "sku"), (row, value) => Text(row, "sku") == value);
        yield return Filter("listings", "asin", row => Text(row, "asin"), (row, value) => Text(row, "asin") == value);
        yield return Filter(
            "bills",
            "vendors",
            row => Text(row["vendor"], "id"),
            (row, value) => Text(row["vendor"], "id") == value
        );
        yield return Filter(
            "bills",
            "start_date",
            row => Text(row, "date"),
            (row, value) => NotBefore(Text(row, "date"), value)
        );
        yield return Filter(
            "bills",
            "end_date",
            row => Text(row, "date"),
            (row, value) => NotBefore(value, Text(row, "date"))
        );
        yield return Filter(
            "inventory-orders",
            "vendors",
            row => Text(row["vendor"], "id"),
            (row, value) => Text(row["vendor"], "id") == value
        );
        yield return Filter(
            "inventory-orders",
            "warehouses",
            row => Text(row["warehouse"], "id"),
            (row, value) => Text(row["warehouse"], "id") == value
        );
        yield return Filter(
            "inventory-orders",
            "start_date",
            row => Text(row, "date_manufacturing_completed"),
            (row, value) => NotBefore(Text(row, "date_manufacturing_completed"), value)
        );
        yield return Filter(
            "shipments",
            "warehouses",
            row => Text(row["destination_warehouse"], "id"),
            (row, value) =>
                Text(row["origin_warehouse"], "id") == value || Text(row["destination_warehouse"], "id") == value
        );
        yield return Filter(
            "shipments",
            "start_date",
            row => Text(row, "date_shipment_arrived"),
            (row, value) => NotBefore(Text(row, "date_shipment_arrived"), value)
        );
        yield return Filter(
            "shipments",
            "end_date",
            row => Text(row, "date_shipment_sent"),
            (row, value) => NotBefore(value, Text(row, "date_shipment_sent"))
        );
        yield return Filter(
            "shipments",
            "search",
            row => Text(row, "ref_number")?[..5],
            (row, value) => Contains(value, Text(row, "ref_number"), Text(row, "name"))
        );
        yield return Filter(
            "adjustments",
            "start_date",
            row => Text(row, "transaction_date"),
            (row, value) => NotBefore(Text(row, "transaction_date"), value)
        );
        yield return Filter(
            "adjustments",
            "end_date",
            row => Text(row, "transaction_date"),
            (row, value) => NotBefore(value, Text(row, "transaction_date"))
        );
        yield return Filter(
            "assembly-orders",
            "start_date",
            row => Text(row, "date_order_assembled"),
            (row, value) => NotBefore(Text(row, "date_order_assembled"), value)
        );
        yield return Filter(
            "invoices",
            "end_date",
            row => Text(row, "transaction_date"),
            (row, value) => NotBefore(value, Text(row, "transaction_date"))
        );
        yield return Filter(
            "invoices",
            "search",
            row => Text(row, "ref_number"),
            (row, value) => row.ToJsonString().Contains(value, StringComparison.OrdinalIgnoreCase)
        );
        yield return Filter(
            "payment-requests",
            "start_date",
            row => Text(row, "due_date"),
            (row, value) => NotBefore(Text(row, "due_date"), value)
        );
        yield return Filter(
            "payment-requests",
            "end_date",
            row => Text(row, "due_date"),
            (row, value) => NotBefore(value, Text(row, "due_date"))
        );
    }

    [TestCaseSource(nameof(Filters))]
    public async Task Filter_OfAList_IsAFilterOfTheWholeList(
        string list,
        string name,
        Func<JsonNode, string?> pick,
        Func<JsonNode, string, bool> matches
    )
    {
        foreach (var company in Companies)
        {
            var path = ApiClient.In(company, list);
            var all = await api.AllAsync(path);
            foreach (var value in all.Select(pick).OfType<string>().Distinct().Take(3))
            {
                var found = await api.AllAsync($"{path}?{name}={Uri.EscapeDataString(value)}");
                Assert.That(
                    found.Select(row => row.ToJsonString()),
                    Is.EqualTo(all.Where(row => matches(row, value)).Select(row => row.ToJsonString())),
                    $"{company} {value}"
                );
            }
        }
    }

    [TestCase("inventory-items", 10)]
    [TestCase("bills", 1)]
    [TestCase("invoices", 1)]
    [TestCase("payment-requests", 1)]
    [TestCase("products", 1)]
    [TestCase("inventory-orders", 1)]
    public async Task Pages_OfAnySize_JoinedAreTheList(string list, int least)
    {
        var path = ApiClient.In(ApiClient.Hpo, list);
        var all = (await api.AllAsync(path)).Select(row => row.ToJsonString()).ToList();
        Assert.That(all, Has.Count.GreaterThan(10));
        Assert.That(all, Is.Unique);
        foreach (var size in Gen.Int[Math.Max(least, 20), 60].Array[3].Single())
        {
            Assert.That((await api.AllAsync(path, size)).Select(row => row.ToJsonString()), Is.EqualTo(all), $"{size}");
        }
    }

    [Test]
    public async Task Page_AfterTheLast_IsEmpty()
    {
        var answer = await api.GetAsync(ApiClient.In(ApiClient.Hpo, "bills?page=1000&per_page=60"));
        Assert.That(answer["data"]!.AsArray(), Is.Empty);
        Assert.That(answer["current_page"]!.GetValue<int>(), Is.EqualTo(1000));
    }

    [TestCase("inventory-items?per_page=9", "per_page")]
    [TestCase("inventory-items?per_page=61", "per_page")]
    [TestCase("bills?per_page=61&page=0", "page per_page")]
    [TestCase("bills?start_date=09/15/2026", "start_date")]
    [TestCase("bills?vendors=GBF", "vendors")]
    [TestCase("inventory-items/7401/cogs?end_date=2026-11-31", "start_date end_date")]
    [TestCase("inventory-items/7401/landed-cost?start_date=2026-01-01&warehouse_uuid=31", "warehouse_uuid")]
    public async Task Query_ThatIsWrong_IsA422WithTheFields(string query, string fields)
    {
        var reply = await api.SendAsync(HttpMethod.Get, ApiClient.In(ApiClient.Hpo, query));
        Assert.That(
            ((int)reply.Status, string.Join(' ', reply.Fields.Order(StringComparer.Ordinal))),
            Is.EqualTo((422, string.Join(' ', fields.Split(' ').Order(StringComparer.Ordinal))))
        );
    }

    [Test]
    public async Task Filters_ThatWereSent_AreRepeated()
    {
        var answer = await api.GetAsync(
            ApiClient.In(ApiClient.Hpo, "bills?vendors[]=64&vendors[]=66&search=freight&start_date=2026-01-01")
        );
        Assert.That(
            answer["filters"]!.ToJsonString(),
            Is.EqualTo("""{"search":"freight","vendors":[64,66],"start_date":"2026-01-01"}""")
        );
    }

    private static TestCaseData Filter(
        string list,
        string name,
        Func<JsonNode, string?> pick,
        Func<JsonNode, string, bool> matches
    ) => new TestCaseData(list, name, pick, matches).SetArgDisplayNames(list, name);

    private static string? Text(JsonNode? row, string member) => row?[member]?.ToString();

    private static bool Contains(string part, params string?[] texts) =>
        texts.Any(text => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true);

    // Days as YYYY-MM-DD are in the order of their letters; what has no day is in no span.
    private static bool NotBefore(string? later, string? earlier) =>
        later is not null
        && earlier is not null
        && string.CompareOrdinal(later, earlier) >= 0
        && later.Length == 10
        && int.TryParse(earlier[..4], NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
