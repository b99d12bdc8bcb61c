using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;

namespace NeonPanel.Mcp.Server.Tests.Sandbox;

/// <summary>Calls of every tool that reach as many different records of the sandbox's books as possible.</summary>
internal sealed class SandboxCalls(SandboxHost sandbox) : IDisposable
{
    /// <summary>Most pages of a list to read for each company.</summary>
    private const int MostPages = 6;

    /// <summary>Records to read or to change with one tool.</summary>
    private const int Records = 26;

    /// <summary>Tools that read or change one record: the tool, the list of its records, and the argument.</summary>
    private static readonly (string Tool, string List, string Argument)[] OfRecords =
    [
        ("adjustments_read", "adjustments_list", "adjustmentId"),
        ("assemblyOrders_read", "assemblyOrders_list", "orderId"),
        ("bills_read", "bills_list", "billId"),
        ("inventoryOrders_read", "inventoryOrders_list", "orderId"),
        ("invoices_read", "invoices_list", "invoiceId"),
        ("shipments_read", "shipments_list", "shipmentId"),
        ("getInventoryDetails", "listInventoryItems", "inventoryId"),
        ("getInventoryItemFullData", "listInventoryItems", "inventoryId"),
        ("getInventoryCogs", "listInventoryItems", "inventoryId"),
        ("getInventoryLandedCost", "listInventoryItems", "inventoryId"),
        ("getWarehouseBalances", "listWarehouses", "warehouseUuid"),
        ("adjustments_update", "adjustments_list", "adjustmentId"),
        ("assemblyOrders_update", "assemblyOrders_list", "orderId"),
        ("bills_update", "bills_list", "billId"),
        ("inventoryOrders_update", "inventoryOrders_list", "orderId"),
        ("invoices_update", "invoices_list", "invoiceId"),
        ("shipments_update", "shipments_list", "shipmentId"),
        ("paymentRequests_update", "paymentRequests_list", "paymentId"),
        ("updateInventoryItem", "listInventoryItems", "inventoryId"),
        ("updateProduct", "getProducts", "productId"),
        ("syncListing", "getListings", "listingId"),
        ("deleteInventoryItem", "listInventoryItems", "inventoryId"),
        ("deleteProduct", "getProducts", "productId"),
    ];

    private readonly ToolCatalog catalog = GeneratedCatalog.Create();
    private readonly JsonObject specification = JsonNode.Parse(SpecificationFile.ReadJson())!.AsObject();
    private readonly Dictionary<string, List<(string Company, JsonElement Record)>> rows = [];
    private readonly Dictionary<string, RpcClient> clients = [];
    private List<string> companies = [];

    /// <summary>Receives the result of each call that succeeded.</summary>
    public event Action<string, JsonElement>? Answered;

    public async Task RunAsync()
    {
        companies =
        [
            .. Rows(await CallAsync("listCompanies", [])).Select(row => row.GetProperty("short_name").GetString()!),
        ];
        foreach (var tool in catalog.Tools.Where(tool => tool.Hints.ReadOnly))
        {
            await ReadListAsync(tool);
        }

        foreach (var (tool, list, argument) in OfRecords)
        {
            await CallEachAsync(tool, list, argument);
        }

        foreach (var tool in catalog.Tools.Where(tool => !tool.Hints.ReadOnly))
        {
            await CallAsExampleAsync(tool);
        }

        await CallOthersAsync();
    }

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    // Tools that need no argument but a company: all pages, of each company.
    private async Task ReadListAsync(ToolDescriptor tool)
    {
        if (tool.Arguments.Required.Any(name => name != "companyUuid") || tool.Name == "listCompanies")
        {
            return;
        }

        var hasPages = tool.Paging is { Page: not null, Size: not null };
        foreach (var company in tool.Arguments.Properties.ContainsKey("companyUuid") ? companies : [""])
        {
            var arguments = company.Length == 0 ? [] : new JsonObject { ["companyUuid"] = company };
            var last = 1;
            for (var page = 1; page <= Math.Min(last, MostPages); page++)
            {
                if (hasPages)
                {
                    arguments["page"] = page;
                    arguments["per_page"] = 10;
                }

                if (await CallAsync(tool.Name, arguments.DeepClone().AsObject()) is { } answer)
                {
                    last = answer.TryGetProperty("last_page", out var number) ? number.GetInt32() : 1;
                    rows.TryAdd(tool.Name, []);
                    rows[tool.Name].AddRange(Rows(answer).Select(row => (company, row)));
                }
            }

            await ReadPartsAsync(tool, arguments);
        }
    }

    // Parts of a list: its answers differ in the members beside the rows.
    private async Task ReadPartsAsync(ToolDescriptor tool, JsonObject arguments)
    {
        arguments.Remove("page");
        var name = new[] { "start_date", "search" }.FirstOrDefault(tool.Arguments.Properties.ContainsKey);
        string[] values =
            name == "start_date" ? ["2025-06-01", "2026-01-01", "2026-06-01", "2026-10-01"] : ["a", "e", "o", "s"];
        foreach (var value in name is null ? [] : values)
        {
            var part = arguments.DeepClone().AsObject();
            part[name!] = value;
            await CallAsync(tool.Name, part);
        }
    }

    // Records from the whole list, because neighbors are alike. Some cannot be changed.
    private async Task CallEachAsync(string tool, string list, string argument)
    {
        var known = rows[list];
        var step = Math.Max(1, known.Count / Records);
        var order = Enumerable.Range(0, step).SelectMany(first => known.Where((_, index) => index % step == first));
        var succeeded = 0;
        foreach (var (company, record) in order.Take(3 * Records))
        {
            var arguments = new JsonObject
            {
                ["companyUuid"] = company,
                [argument] = JsonNode.Parse(
                    record.GetProperty(argument == "warehouseUuid" ? "uuid" : "id").GetRawText()
                ),
            };
            Add(tool, arguments, company);
            succeeded += await CallAsync(tool, arguments) is null ? 0 : 1;
            if (succeeded == Records)
            {
                break;
            }
        }
    }

    private void Add(string tool, JsonObject arguments, string company)
    {
        var known = catalog.Tools.First(item => item.Name == tool).Arguments.Properties;
        if (known.ContainsKey("start_date"))
        {
            arguments["start_date"] = "2025-06-01";
        }

        if (known.ContainsKey("warehouse_uuid"))
        {
            var first = rows["listWarehouses"].First(row => row.Company == company).Record;
            arguments["warehouse_uuid"] = first.GetProperty("uuid").GetString();
        }

        // Something to change.
        foreach (var name in new[] { "name", "variation", "memo" }.Where(known.ContainsKey))
        {
            arguments[name] = "Recorded";
        }
    }

    // The example of the specification, with all that it has and with what is required, under a number of its own.
    private async Task CallAsExampleAsync(ToolDescriptor tool)
    {
        if (Array.Exists(OfRecords, item => item.Tool == tool.Name))
        {
            return;
        }

        var example = Examples.Of(specification, tool);
        for (var number = 0; number < Records; number++)
        {
            var arguments = new JsonObject(
                example
                    .Where(pair =>
                        number % 2 == 0
                        || tool.Arguments.Required.Contains(pair.Key)
                        || pair.Key is "companyUuid" or "date" or "currency" or "details"
                    )
                    .Select(pair => KeyValuePair.Create(pair.Key, ((JsonNode?)pair.Value)?.DeepClone()))
            );
            foreach (var part in new[] { arguments, arguments["data"] as JsonObject }.OfType<JsonObject>())
            {
                if (part.ContainsKey("ref_number"))
                {
                    part["ref_number"] = $"REC-{number}";
                }
            }

            await CallAsync(tool.Name, arguments);
        }
    }

    private async Task CallOthersAsync()
    {
        foreach (var company in companies)
        {
            foreach (var grouping in new[] { "company", "country", "invoice" })
            {
                foreach (var periodicity in new[] { "monthly", "quarterly" })
                {
                    await CallAsync(
                        "getRevenueAndCogs",
                        new()
                        {
                            ["company_uuids"] = new JsonArray(company),
                            ["start_date"] = "2026-06-01",
                            ["grouping"] = new JsonArray(grouping),
                            ["periodicity"] = periodicity,
                        }
                    );
                }
            }
        }

        foreach (var (_, report) in rows["listReports"])
        {
            await CallAsync("getReportData", new() { ["reportId"] = report.GetProperty("id").GetInt32() });
        }

        foreach (var (_, bill) in rows["bills_list"].Take(Records))
        {
            await CallAsync("findDocument", new() { ["number"] = bill.GetProperty("ref_number").GetString() });
        }

        foreach (var permission in new[] { "view:pages.processes.bills", "edit:pages.processes.bills" })
        {
            await CallAsync("listCompaniesWithPermission", new() { ["permission"] = permission });
        }

        await CallAsync("getImportInstructions", new() { ["type"] = "bill" });
        await ImportAsync();
    }

    private async Task ImportAsync()
    {
        for (var number = 0; number < Records; number++)
        {
            var file = new JsonObject
            {
                ["name"] = $"SPP-{7000 + number}.pdf",
                ["link"] = $"https://files.harborpine.example/once/SPP-{7000 + number}.pdf",
            };
            var arguments = new JsonObject
            {
                ["companyUuid"] = companies[0],
                ["type"] = "bill",
                ["file"] = file,
            };
            // The status belongs to the user who imported.
            if (await CallAsync("createDocumentsByPdf", arguments, user: "import") is not { } import)
            {
                continue;
            }

            for (var poll = 0; poll < 3; poll++)
            {
                await CallAsync(
                    "checkImportStatus",
                    new()
                    {
                        ["companyUuid"] = companies[0],
                        ["type"] = "bill",
                        ["requestId"] = import.GetProperty("request_id").GetString(),
                    },
                    user: "import"
                );
            }
        }
    }

    private static List<JsonElement> Rows(JsonElement? answer) =>
        answer is { } found && found.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray()]
            : [];

    /// <returns>The structured content, or <see langword="null"/> if the call failed.</returns>
    private async Task<JsonElement?> CallAsync(string tool, JsonObject arguments, string? user = null)
    {
        var known = catalog.Tools.First(item => item.Name == tool);
        if (known.TakesFields)
        {
            arguments["fields"] = "*";
        }

        if (known.Once is not null)
        {
            arguments["repeat"] = true;
        }

        // A journal and limits for each tool, because a write changes what another tool reads.
        user ??= tool;
        if (!clients.TryGetValue(user, out var client))
        {
            clients[user] = client = new(sandbox.Address, sandbox.CreateToken("recorder-" + user));
        }

        var answer = await client.SendAsync(
            "/mcp?text=full",
            "2025-11-25",
            "tools/call",
            new() { ["name"] = tool, ["arguments"] = arguments },
            ("Accept", "application/json")
        );
        var result = JsonElement.Parse(answer.Body).GetProperty("result");
        if (result.TryGetProperty("isError", out var isError) && isError.GetBoolean())
        {
            return null;
        }

        Answered?.Invoke(tool, result);
        return result.GetProperty("structuredContent");
    }
}
