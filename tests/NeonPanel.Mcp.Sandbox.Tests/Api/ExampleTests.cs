using System.Net;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Tools;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Api;

/// <summary>The specification's examples are true of the books, on the day that they were written for: each object of
/// an example has the same members in the answer, and each row of a list is there, in the same order.</summary>
internal sealed class ExampleTests
{
    private static readonly JsonObject Specification = JsonNode.Parse(SpecificationFile.ReadJson())!.AsObject();

    private static readonly Dictionary<string, string> Queries = new()
    {
        ["warehouseBalances"] = "balances_date=2026-11-15",
        ["inventoryBalances"] = "balances_date=2026-11-15",
        ["listInventoryItems"] = "search=HP-",
        ["listInventoryLandedCosts"] =
            "warehouse_uuid=4f0d2a96-1c57-4b8e-9e63-0a7b5d82c4f1&start_date=2026-08-01&end_date=2026-11-15",
        ["listInventoryCogs"] = "start_date=2026-10-01&end_date=2026-11-15",
        ["revenueAndCogsSummary"] =
            $"company_uuids={ApiClient.Hpo}&company_uuids={ApiClient.Nlk}&country_codes=US&country_codes=DE&periodicity=monthly&grouping=company&start_date=2026-10-01&end_date=2026-11-15",
        ["listCompaniesWithPermission"] = $"company_uuids={ApiClient.Hpo}&company_uuids={ApiClient.Nlk}",
        ["inventoryOrders.list"] = "search=HP-PO",
        ["bills.list"] = "start_date=2026-09-01&end_date=2026-11-15",
        ["invoices.list"] = "start_date=2026-10-01&end_date=2026-11-15",
        ["paymentRequests.list"] = "start_date=2026-08-01&end_date=2026-11-15",
        ["shipments.list"] = "warehouses=31",
        ["assemblyOrders.list"] = "warehouses=31",
        ["adjustments.list"] = "search=HP-ADJ",
    };

    private SandboxHost sandbox = null!;
    private ApiClient api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        sandbox = await ApiClient.StartAsync(LedgerOptions.Default with { Today = LedgerOptions.ExampleDay });
        api = new(sandbox, "reader");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        api.Dispose();
        await sandbox.DisposeAsync();
    }

    [TestCaseSource(nameof(Reads))]
    public async Task Read_OfEachOperation_HoldsItsExample(string operationId, string path, JsonNode example)
    {
        var rows = example["data"] is JsonArray ? "data" : "details";
        var query = Queries.GetValueOrDefault(operationId, "");
        var address = query.Length > 0 ? $"{path}?{query}" : path;
        var answer = await api.GetAsync(address);
        if (example["current_page"] is not null)
        {
            answer[rows] = new JsonArray([
                .. (await api.AllAsync(address, member: rows)).Select(row => row.DeepClone()),
            ]);
            foreach (var member in new[] { "current_page", "last_page", "per_page" })
            {
                answer[member] = example[member]!.DeepClone();
            }
        }

        var missing = Missing(example, answer, "").ToList();
        Assert.That(missing, Is.Empty, () =>
            $"{address}\n{answer.ToJsonString()[..Math.Min(2000, answer.ToJsonString().Length)]}"
        );
    }

    [Test]
    public async Task Import_OfTheExample_IsDoneAfterTwoPolls()
    {
        var path = ApiClient.In(ApiClient.Hpo, "import/bill/status/2d9b6f04-7a51-4c38-b6e2-f51c0a94d873");
        var replies = new[]
        {
            await api.SendAsync(HttpMethod.Get, path),
            await api.SendAsync(HttpMethod.Get, path),
            await api.SendAsync(HttpMethod.Get, path),
        };
        Assert.That(
            replies.Select(reply => reply.Status),
            Is.EqualTo(new[] { HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.OK })
        );
        Assert.That(replies[0].RetryAfter, Is.EqualTo(5));
        var operation = Specification["paths"]!["/api/v1/companies/{companyUuid}/import/{type}/status/{requestId}"]![
            "get"
        ]!;
        var example = operation["responses"]!["200"]!["content"]!["application/json"]!["example"]!;
        Assert.That(Missing(example, replies[2].Body!, ""), Is.Empty);
    }

    private static IEnumerable<TestCaseData> Reads()
    {
        foreach (
            var (path, item) in Specification["paths"]!
                .AsObject()
                .Where(pair => pair.Key.StartsWith("/api/", StringComparison.Ordinal))
        )
        {
            var operation = item!["get"];
            var example = operation?["responses"]?["200"]?["content"]?["application/json"]?["example"];
            var id = operation?["operationId"]!.ToString();
            if (example is not null && id != "checkImportProcessing")
            {
                yield return new TestCaseData(id, Fill(path, operation!), example).SetArgDisplayNames(id!);
            }
        }
    }

    // The ids of the examples. The parameter orderId is shared by two kinds of orders.
    private static string Fill(string path, JsonNode operation) =>
        path.Replace("{companyUuid}", ApiClient.Hpo, StringComparison.Ordinal)
            .Replace("{permission}", "edit:pages.processes.bills", StringComparison.Ordinal)
            .Replace("{reportId}", "21", StringComparison.Ordinal)
            .Replace("{warehouseUuid}", "4f0d2a96-1c57-4b8e-9e63-0a7b5d82c4f1", StringComparison.Ordinal)
            .Replace("{inventoryId}", "7401", StringComparison.Ordinal)
            .Replace("{type}", "bill", StringComparison.Ordinal)
            .Replace(
                "{orderId}",
                operation["operationId"]!.ToString().StartsWith("assembly", StringComparison.Ordinal) ? "77" : "512",
                StringComparison.Ordinal
            )
            .Replace("{billId}", "904", StringComparison.Ordinal)
            .Replace("{invoiceId}", "2650", StringComparison.Ordinal)
            .Replace("{shipmentId}", "330", StringComparison.Ordinal)
            .Replace("{adjustmentId}", "158", StringComparison.Ordinal);

    /// <summary>The members and values that an example has and an answer does not have.</summary>
    private static IEnumerable<string> Missing(JsonNode? example, JsonNode? answer, string place)
    {
        switch (example, answer)
        {
            case (JsonObject wanted, JsonObject found):
                return wanted.SelectMany(pair =>
                    found.ContainsKey(pair.Key)
                        ? Missing(pair.Value, found[pair.Key], $"{place}/{pair.Key}")
                        : [$"{place}/{pair.Key} is missing"]
                );
            case (JsonArray wanted, JsonArray found):
                return MissingRows(wanted, found, place);
            default:
                return JsonNode.DeepEquals(example, answer)
                    ? []
                    : [$"{place} is {answer?.ToJsonString() ?? "null"}, not {example?.ToJsonString() ?? "null"}"];
        }
    }

    private static IEnumerable<string> MissingRows(JsonArray wanted, JsonArray found, string place)
    {
        var at = 0;
        foreach (var row in wanted)
        {
            var before = at;
            while (at < found.Count && Missing(row, found[at], "").Any())
            {
                at++;
            }

            if (at == found.Count)
            {
                yield return $"{place}: no row from {before} on is {row?.ToJsonString()}";
                yield break;
            }

            at++;
        }
    }
}
