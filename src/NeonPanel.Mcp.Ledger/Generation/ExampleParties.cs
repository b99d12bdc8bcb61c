using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Vendors, services, terms and the customer of the specification's examples.</summary>
internal static class ExampleParties
{
    public static Journal AddTo(Journal journal) =>
        journal with
        {
            Vendors = journal.Vendors.AddRange(
                Keyed.By<Vendor>(
                    vendor => vendor.Id,
                    new(
                        63,
                        ExampleCatalog.Hpo,
                        "Shenzhen Luminary Works Co., Ltd.",
                        "SLW",
                        11,
                        "QBO-20418",
                        "quickbooks"
                    ),
                    new(64, ExampleCatalog.Hpo, "Great Basin Freight LLC", "GBF", 12, "QBO-20455", "quickbooks"),
                    new(65, ExampleCatalog.Hpo, "Ningbo Hearthware Manufacturing", "NHM", 11, null, null),
                    new(66, ExampleCatalog.Hpo, "Sierra Pack & Print", "SPP", null, "QBO-20502", "quickbooks")
                )
            ),
            Services = journal.Services.AddRange(
                Keyed.By<Service>(
                    service => service.Id,
                    new(141, ExampleCatalog.Hpo, "Ocean Freight", "Inbound Delivery"),
                    new(142, ExampleCatalog.Hpo, "Customs Brokerage", "Inbound Delivery"),
                    new(143, ExampleCatalog.Hpo, "Merchandise Sales", "Income"),
                    new(144, ExampleCatalog.Hpo, "Delivery Charged to Buyer", "Income"),
                    new(145, ExampleCatalog.Hpo, "Stock Write-Off", null),
                    new(146, ExampleCatalog.Hpo, "Packing Materials", "Kitting")
                )
            ),
            PaymentTerms = journal.PaymentTerms.AddRange(
                Keyed.By<PaymentTerm>(
                    term => term.Id,
                    new(
                        11,
                        null,
                        DocumentKind.InventoryOrder,
                        "40/60 on Completion",
                        [new(DateAnchor.OrderPlaced, 0, 40), new(DateAnchor.ManufacturingCompleted, 0, 60)]
                    ),
                    new(12, null, DocumentKind.Bill, "Net 15", [new(DateAnchor.Date, 15, 100)]),
                    new(
                        13,
                        ExampleCatalog.Hpo,
                        null,
                        "Split in Halves, 45 Days",
                        [new(DateAnchor.Date, 0, 50), new(DateAnchor.Date, 45, 50)]
                    )
                )
            ),
            Customers = journal.Customers.Add(
                208,
                new(208, ExampleCatalog.Hpo, "Tahoe Trading Post", "TTP", "QBO-C-3390", "quickbooks")
            ),
        };
}
