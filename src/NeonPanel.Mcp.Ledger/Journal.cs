using System.Collections.Immutable;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger;

/// <summary>All that the books hold. Immutable: a write makes another journal, which shares what did not
/// change.</summary>
/// <remarks> A journal holds facts alone: documents, and the records that they name. Nothing in it is a computed
/// figure, except the payment requests, which people edit. Three ways to ask it:
/// <list type="bullet">
/// <item><see cref="Movements"/>: every change of stock, one row per document line; a balance is a sum of them.</item>
/// <item><see cref="Books"/>: balances on a day, FIFO batches, landed cost, COGS, revenue. The sandbox's API answers
/// from it.</item>
/// <item>The documents themselves (<see cref="Invoices"/>, <see cref="Bills"/>, …), for a computation independent of
/// <see cref="Books"/>.</item> </list> <see cref="JournalBytes"/> writes a journal as bytes and compares two.
/// </remarks>
public sealed record Journal
{
    /// <summary>Gets the day that the journal calls today.</summary>
    public required DateOnly Today { get; init; }

    public ImmutableSortedDictionary<int, Company> Companies { get; init; } =
        ImmutableSortedDictionary<int, Company>.Empty;

    public ImmutableSortedDictionary<int, User> Users { get; init; } = ImmutableSortedDictionary<int, User>.Empty;

    public ImmutableSortedDictionary<int, Warehouse> Warehouses { get; init; } =
        ImmutableSortedDictionary<int, Warehouse>.Empty;

    public ImmutableSortedDictionary<int, Product> Products { get; init; } =
        ImmutableSortedDictionary<int, Product>.Empty;

    public ImmutableSortedDictionary<int, Listing> Listings { get; init; } =
        ImmutableSortedDictionary<int, Listing>.Empty;

    public ImmutableSortedDictionary<int, Item> Items { get; init; } = ImmutableSortedDictionary<int, Item>.Empty;

    public ImmutableSortedDictionary<int, Assembly> Assemblies { get; init; } =
        ImmutableSortedDictionary<int, Assembly>.Empty;

    public ImmutableSortedDictionary<int, Vendor> Vendors { get; init; } = ImmutableSortedDictionary<int, Vendor>.Empty;

    public ImmutableSortedDictionary<int, Customer> Customers { get; init; } =
        ImmutableSortedDictionary<int, Customer>.Empty;

    public ImmutableSortedDictionary<int, Service> Services { get; init; } =
        ImmutableSortedDictionary<int, Service>.Empty;

    public ImmutableSortedDictionary<int, SalesChannel> SalesChannels { get; init; } =
        ImmutableSortedDictionary<int, SalesChannel>.Empty;

    public ImmutableSortedDictionary<int, PaymentTerm> PaymentTerms { get; init; } =
        ImmutableSortedDictionary<int, PaymentTerm>.Empty;

    public ImmutableSortedDictionary<int, Report> Reports { get; init; } = ImmutableSortedDictionary<int, Report>.Empty;

    public ImmutableSortedDictionary<int, ForecastSettings> Forecasts { get; init; } =
        ImmutableSortedDictionary<int, ForecastSettings>.Empty;

    public ImmutableSortedDictionary<int, InventoryOrder> InventoryOrders { get; init; } =
        ImmutableSortedDictionary<int, InventoryOrder>.Empty;

    public ImmutableSortedDictionary<int, Bill> Bills { get; init; } = ImmutableSortedDictionary<int, Bill>.Empty;

    public ImmutableSortedDictionary<int, Shipment> Shipments { get; init; } =
        ImmutableSortedDictionary<int, Shipment>.Empty;

    public ImmutableSortedDictionary<int, AssemblyOrder> AssemblyOrders { get; init; } =
        ImmutableSortedDictionary<int, AssemblyOrder>.Empty;

    public ImmutableSortedDictionary<int, Adjustment> Adjustments { get; init; } =
        ImmutableSortedDictionary<int, Adjustment>.Empty;

    public ImmutableSortedDictionary<int, Invoice> Invoices { get; init; } =
        ImmutableSortedDictionary<int, Invoice>.Empty;

    public ImmutableSortedDictionary<int, PaymentRequest> PaymentRequests { get; init; } =
        ImmutableSortedDictionary<int, PaymentRequest>.Empty;

    /// <summary>Gets all documents, kind by kind, in the order of their ids.</summary>
    public IEnumerable<Document> Documents =>
        InventoryOrders
            .Values.Concat<Document>(Bills.Values)
            .Concat(Shipments.Values)
            .Concat(AssemblyOrders.Values)
            .Concat(Adjustments.Values)
            .Concat(Invoices.Values);

    /// <summary>Returns a document, or <see langword="null"/> if there is none.</summary>
    public Document? Find(DocumentKey key) =>
        key.Kind switch
        {
            DocumentKind.InventoryOrder => InventoryOrders.GetValueOrDefault(key.Id),
            DocumentKind.Bill => Bills.GetValueOrDefault(key.Id),
            DocumentKind.Shipment => Shipments.GetValueOrDefault(key.Id),
            DocumentKind.AssemblyOrder => AssemblyOrders.GetValueOrDefault(key.Id),
            DocumentKind.Adjustment => Adjustments.GetValueOrDefault(key.Id),
            _ => Invoices.GetValueOrDefault(key.Id),
        };

    /// <summary>Adds a document, or replaces the one with its kind and id. Payment requests of orders and bills
    /// follow.</summary>
    public Journal Put(Document document) =>
        document switch
        {
            InventoryOrder order => PaymentPlan.Apply(
                this with
                {
                    InventoryOrders = InventoryOrders.SetItem(order.Id, order),
                },
                order
            ),
            Bill bill => Payments.Settle(
                PaymentPlan.Apply(this with { Bills = Bills.SetItem(bill.Id, bill) }, bill),
                bill.Id
            ),
            Shipment shipment => this with { Shipments = Shipments.SetItem(shipment.Id, shipment) },
            AssemblyOrder order => this with { AssemblyOrders = AssemblyOrders.SetItem(order.Id, order) },
            Adjustment adjustment => this with { Adjustments = Adjustments.SetItem(adjustment.Id, adjustment) },
            Invoice invoice => this with { Invoices = Invoices.SetItem(invoice.Id, invoice) },
            _ => throw new ArgumentException(
                $"There is no kind of document '{document.GetType().Name}'.",
                nameof(document)
            ),
        };

    /// <summary>Returns the next free id of a collection.</summary>
    public static int NextId<T>(ImmutableSortedDictionary<int, T> records) =>
        records.IsEmpty ? 1 : records.Keys.Last() + 1;

    /// <summary>The payment requests of a document, in the order of its term.</summary>
    public IEnumerable<PaymentRequest> PaymentRequestsOf(DocumentKey document) => PaymentIndex.Of(this).Of(document);

    /// <summary>The bills that are tied to a document.</summary>
    public IEnumerable<Bill> BillsFor(DocumentKey document) =>
        Bills.Values.Where(bill => bill.Documents.Contains(document));

    /// <summary>The SKU of an item: that of its product.</summary>
    public string? SkuOf(Item item) => ProductOf(item)?.Sku;

    /// <summary>The product of an item, or <see langword="null"/>.</summary>
    public Product? ProductOf(Item item) => item.ProductId is { } id ? Products.GetValueOrDefault(id) : null;

    /// <summary>The listing of an item, or <see langword="null"/>.</summary>
    public Listing? ListingOf(Item item) => item.ListingId is { } id ? Listings.GetValueOrDefault(id) : null;
}
