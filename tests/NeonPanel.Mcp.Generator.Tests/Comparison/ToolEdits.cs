using static NeonPanel.Mcp.Generator.Tests.Comparison.EditedPaths;
using static NeonPanel.Mcp.Generator.Tests.Comparison.SpecificationEdit;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Edits of operations and of what a tool is.</summary>
internal static class ToolEdits
{
    public static readonly Edit[] All =
    [
        new(
            "operation removed",
            spec => spec.Item(Vendors).Remove("get"),
            "breaking breaking tool-removed vendors_list"
        ),
        new(
            "operation added",
            spec =>
                spec.Item(Vendors)["head"] = Json(
                    """{"operationId":"vendors.probe","summary":"Probe","responses":{}}"""
                ),
            "additive compatible tool-added vendors_probe"
        ),
        new(
            "operation id changed",
            spec => spec.Operation(Bills)["operationId"] = "bills.index",
            "breaking breaking operation-moved bills_list"
        ),
        new(
            "path changed",
            spec => spec.Move(Vendors, "./suppliers"),
            "breaking compatible operation-moved vendors_list"
        ),
        new(
            "path and operation id changed",
            spec =>
            {
                spec.Move(Balances, "./inventory-items/{inventoryId}/stock");
                spec.Operation("./inventory-items/{inventoryId}/stock")["operationId"] = "inventoryStock";
            },
            "breaking breaking operation-moved inventoryBalances"
        ),
        new(
            "two operations swap their paths",
            spec =>
            {
                var (vendors, services) = (spec.Item(Vendors), spec.Item("./services"));
                spec.Paths.Remove(Path(Vendors));
                spec.Paths.Remove(Path("./services"));
                (spec.Paths[Path(Vendors)], spec.Paths[Path("./services")]) = (services, vendors);
            },
            "breaking compatible tool-reassigned services_list",
            "breaking compatible tool-reassigned vendors_list"
        ),
        new(
            "another operation in place of a removed one",
            spec =>
            {
                spec.Item(Vendors).Remove("get");
                spec.Paths[Path("./audit")] = Json(
                    """{"get":{"operationId":"audit.list","summary":"Audit","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"entries":{"type":"array","items":{"type":"string"}}}}}}}}}}"""
                );
            },
            "additive compatible tool-added audit_list",
            "breaking breaking tool-removed vendors_list"
        ),
        new(
            "path changed and argument removed",
            spec =>
            {
                spec.RemoveParameter(Vendors, "search");
                spec.Move(Vendors, "./suppliers");
            },
            "breaking breaking argument-removed vendors_list search",
            "breaking compatible operation-moved vendors_list"
        ),
        new(
            "GET became POST",
            spec =>
            {
                var item = spec.Item("/api/v1/sales-channels");
                var operation = item["get"];
                item.Remove("get");
                item["post"] = operation;
            },
            "breaking compatible operation-moved salesChannels_list",
            "breaking compatible read-only-lost salesChannels_list"
        ),
        new(
            "PUT became PATCH",
            spec =>
            {
                var item = spec.Item("./bills/{billId}");
                var operation = item["put"];
                item.Remove("put");
                item["patch"] = operation;
            },
            "breaking compatible operation-moved bills_update",
            "risky compatible hint-changed bills_update idempotentHint"
        ),
        new(
            "tag changed",
            spec => spec.Operation("/api/v1/sales-channels")["tags"] = Json("""["Channels"]"""),
            "additive breaking client-renamed salesChannels_list"
        ),
        new(
            "scope needed",
            spec => spec.Operation(Bills)["security"] = Json("""[{"OAuth2":["openid","bills"]}]"""),
            "breaking compatible scope-added bills_list bills"
        ),
        new(
            "scope no longer needed",
            spec => spec.Operation(Bills)["security"] = Json("[]"),
            "additive compatible scope-removed bills_list openid"
        ),
        new(
            "description changed",
            spec => spec.Operation(Bills)["description"] = "Other words.",
            "risky compatible description-changed bills_list"
        ),
        new(
            "title changed",
            spec => spec.Operation(Bills)["summary"] = "Other words",
            "risky compatible title-changed bills_list"
        ),
        new(
            "operation deprecated",
            spec => spec.Operation(Vendors)["deprecated"] = true,
            "risky compatible description-changed vendors_list",
            "risky compatible tool-deprecated vendors_list"
        ),
        new(
            "server changed",
            spec =>
            {
                spec.Root["servers"]![0]!["url"] = "https://api.neonpanel.example";
                spec.Root["components"]!["securitySchemes"] = Json(
                    spec.Root["components"]!["securitySchemes"]!
                        .ToJsonString()
                        .Replace("https://my.neonpanel.com", "https://api.neonpanel.example", StringComparison.Ordinal)
                );
            },
            "risky compatible server-changed"
        ),
        new(
            "text beyond the budgets",
            spec =>
                spec.Parameter(Bills, "search")["description"] = string.Concat(
                    Enumerable.Repeat("One more word. ", 400)
                ),
            "risky compatible description-changed bills_list search",
            "risky compatible over-budget",
            "risky compatible over-budget bills_list"
        )
        {
            // The specification alone, without the overlay's shorter texts, is beyond the budget of all tools already.
            Before = spec =>
            {
                foreach (var path in new[] { "invoices", "invoices/{invoiceId}", "adjustments/{adjustmentId}" })
                {
                    spec.Paths.Remove("/api/v1/companies/{companyUuid}/" + path);
                }
            },
        },
    ];
}
