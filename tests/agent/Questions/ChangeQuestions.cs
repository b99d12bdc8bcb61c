using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>More to be entered or changed: payments, settings, kits, orders, arrivals, sales.</summary>
internal static class ChangeQuestions
{
    private const string Done = "End with 'Answer:' and 'done', or what prevented it.";
    private const string Bottle = "HP-BOTL-32F";

    public static readonly IReadOnlyList<Question> All =
    [
        New(
            31,
            "Harbor & Pine Outfitters paid bill SPP-6093 in full today; the transfer is ACH-60001. Note it.",
            "a payment",
            2,
            Paid
        ) with
        {
            Needs = ["paymentRequests_update"],
        },
        New(
            32,
            "The lead time of HP-LANT-01 at Harbor & Pine Outfitters is 50 days from now on.",
            "one figure among many",
            1,
            _ =>
                new([
                    ExpectedChange.Same<Item>(
                        "item",
                        "the lead time of item 7401 is 50 days",
                        item => item.Id == 7401,
                        item => item with { Restock = item.Restock with { LeadTimeDays = 50 } }
                    ),
                ])
        ) with
        {
            Needs = ["updateInventoryItem"],
        },
        New(
            33,
            "Set the default safety stock of Harbor & Pine Outfitters' forecasts to 25 days.",
            "a setting of the company",
            1,
            _ =>
                new([
                    ExpectedChange.Same<ForecastSettings>(
                        "forecast",
                        "default_safety_stock_days is 25",
                        settings => settings.Values["default_safety_stock_days"] == "21",
                        settings =>
                            settings with
                            {
                                Values = settings.Values.ToDictionary(
                                    pair => pair.Key,
                                    pair => pair.Key == "default_safety_stock_days" ? "25" : pair.Value
                                ),
                            }
                    ),
                ])
        ) with
        {
            Needs = ["updateCompanyForecastingSettings"],
        },
        New(
            34,
            "We built 10 of our Weekend Camp Kits in the Reno Stockroom of Harbor & Pine Outfitters today. Enter assembly order HP-AO-0300.",
            "names in place of ids",
            1,
            journal =>
                new([
                    ExpectedChange.New<AssemblyOrder>(
                        "assembly_order",
                        "assembly order HP-AO-0300 of 10 Weekend Camp Kits in Reno, assembled today",
                        order =>
                            order.RefNumber == "HP-AO-0300"
                            && order.Assembled == journal.Today
                            && order.WarehouseId == Warehouse(journal, "Reno Stockroom")
                            && order.Lines.SequenceEqual([new(18, 10)])
                    ),
                ])
        ) with
        {
            Needs = ["assemblyOrders_create"],
        },
        New(
            35,
            "Order 200 HP-BOTL-32F at 6.90 USD from Shenzhen Luminary Works for the Reno Stockroom of Harbor & Pine Outfitters, placed today, as "
                + "HP-PO-1700. The vendor's usual payment term applies.",
            "an order with its payments",
            2,
            Ordered
        ) with
        {
            Needs = ["inventoryOrders_create"],
        },
        New(
            41,
            "Shipment HP-SH-0499 of Harbor & Pine Outfitters arrived today, complete.",
            "lines that are replaced",
            2,
            journal =>
                new([
                    ExpectedChange.Same<Shipment>(
                        "shipment",
                        "HP-SH-0499 arrived today with all units",
                        shipment => shipment.RefNumber == "HP-SH-0499",
                        shipment =>
                            shipment with
                            {
                                Arrived = journal.Today,
                                Completed = Noon(journal),
                                Lines = [.. shipment.Lines.Select(line => line with { Received = line.Shipped })],
                            }
                    ),
                ])
        ) with
        {
            Needs = ["shipments_update"],
            Prepare = Dispatch,
        },
        New(
            42,
            "Invoice Tahoe Trading Post today for 6 HP-LANT-01 from the Reno Stockroom of Harbor & Pine Outfitters at 19.50 USD each, as "
                + "HP-INV-9001, on the service Merchandise Sales, channel Wholesale.",
            "an amount of the whole line",
            1,
            journal =>
                new([
                    ExpectedChange.New<Invoice>(
                        "invoice",
                        "invoice HP-INV-9001 to Tahoe Trading Post over 117.00 USD for 6 HP-LANT-01 from Reno",
                        invoice =>
                            invoice is { RefNumber: "HP-INV-9001", Currency: "USD" }
                            && invoice.Date == journal.Today
                            && invoice.WarehouseId == Warehouse(journal, "Reno Stockroom")
                            && journal.Customers.GetValueOrDefault(invoice.CustomerId ?? 0)?.Code == "TTP"
                            && journal.SalesChannels.GetValueOrDefault(invoice.SalesChannelId ?? 0)?.Name == "Wholesale"
                            && invoice.Lines.SequenceEqual([
                                new(7401, Known.Service(journal, Known.Outfitters, "Merchandise Sales").Id, 6, 117m),
                            ])
                    ),
                ])
        ) with
        {
            Needs = ["invoices_create"],
        },
    ];

    private static Question New(
        int number,
        string text,
        string tries,
        int fewestCalls,
        Func<Journal, DifferenceCheck> difference
    ) =>
        new(number, text, Done, "all", tries, fewestCalls, _ => [new WordCheck(["done"], [])])
        {
            IsWrite = true,
            Difference = difference,
        };

    // The document is done on the day of its last payment, at noon.
    private static DateTime Noon(Journal journal) => journal.Today.ToDateTime(new(12, 0), DateTimeKind.Utc);

    private static int Warehouse(Journal journal, string name) => Known.Warehouse(journal, Known.Outfitters, name).Id;

    private static DifferenceCheck Paid(Journal journal) =>
        new([
            ExpectedChange.Same<PaymentRequest>(
                "payment_request",
                "105.00 USD of SPP-6093 are paid today by ACH-60001",
                request => journal.Find(request.Document)?.RefNumber == "SPP-6093",
                request =>
                    request with
                    {
                        PaidAmount = request.AmountDue,
                        PaymentDate = journal.Today,
                        TransactionNumber = "ACH-60001",
                    }
            ),
            ExpectedChange.Same<Bill>(
                "bill",
                "bill SPP-6093 is completed",
                bill => bill.RefNumber == "SPP-6093",
                bill => bill with { Completed = Noon(journal) }
            ),
        ]);

    private static DifferenceCheck Ordered(Journal journal)
    {
        var vendor = Known.Vendor(journal, Known.Outfitters, "SLW");
        var item = Known.Item(journal, Known.Outfitters, Bottle).Id;
        return new([
            ExpectedChange.New<InventoryOrder>(
                "inventory_order",
                "order HP-PO-1700 of 200 HP-BOTL-32F at 6.90 from Shenzhen Luminary Works for Reno, placed today",
                order =>
                    order is { RefNumber: "HP-PO-1700", Currency: "USD", Received: null }
                    && order.VendorId == vendor.Id
                    && order.PaymentTermId == vendor.PaymentTermId
                    && order.Placed == journal.Today
                    && order.WarehouseId == Warehouse(journal, "Reno Stockroom")
                    && order.Lines.SequenceEqual([new(item, 200, 6.9m)])
            ),
            ExpectedChange.New<PaymentRequest>("payment_request", "40 % of 1,380.00 USD are due today", request =>
                request.AmountDue == 552 && request.DueDate == journal.Today
            ),
            ExpectedChange.New<PaymentRequest>("payment_request", "60 % of 1,380.00 USD are due on arrival", request =>
                request is { AmountDue: 828, DueDate: null }
            ),
        ]);
    }

    /// <summary>Adds a shipment that is under way.</summary>
    internal static Journal Dispatch(Journal journal)
    {
        var id = Journal.NextId(journal.Shipments);
        var lantern = Known.Item(journal, Known.Outfitters, "HP-LANT-01").Id;
        var bottle = Known.Item(journal, Known.Outfitters, Bottle).Id;
        return journal.Put(
            new Shipment(
                id,
                Known.Company(journal, Known.Outfitters).Id,
                "Holiday top-up",
                "HP-SH-0499",
                null,
                null,
                Shipment.Manual,
                new(2026, 11, 23),
                null,
                "US",
                "US",
                Warehouse(journal, "Reno Stockroom"),
                Warehouse(journal, "Amazon US Fulfilment"),
                "CLH55501234",
                "SPD",
                "Cascade Linehaul",
                [new(lantern, 40, 0), new(bottle, 25, 0)]
            )
        );
    }
}
