using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Sandbox.Api.Answers;

/// <summary>Orders, bills and payments as the API writes them.</summary>
internal static class DocumentJson
{
    public static JsonObject Order(Journal journal, InventoryOrder order) =>
        new()
        {
            ["id"] = order.Id,
            ["name"] = order.Name,
            ["link"] = DocumentLinks.Link(order),
            ["ref_number"] = order.RefNumber,
            ["date_order_placed"] = Json.Of(order.Placed),
            ["date_manufacturing_completed"] = Json.Of(order.Received),
            ["market"] = order.Market,
            ["total_amount"] = Json.Of(order.Amount),
            ["currency"] = order.Currency,
            ["vendor"] = Vendor(journal, order.VendorId),
            ["warehouse"] = CatalogJson.DocumentWarehouse(journal, order.WarehouseId),
            ["payment_term"] = Term(journal, order.PaymentTermId),
            ["details"] = Json.Array(order.Lines, line => OrderLine(journal, line)),
            ["payment_requests"] = Json.Array(journal.PaymentRequestsOf(order.Key), Payment),
        };

    public static JsonObject Bill(Journal journal, Bill bill) =>
        new()
        {
            ["id"] = bill.Id,
            ["name"] = bill.Name,
            ["link"] = DocumentLinks.Link(bill),
            ["ref_number"] = bill.RefNumber,
            ["date"] = Json.Of(bill.Date),
            ["market"] = bill.Market,
            ["amount"] = Json.Of(bill.Amount),
            ["currency"] = bill.Currency,
            ["vendor"] = Vendor(journal, bill.VendorId),
            ["payment_term"] = Term(journal, bill.PaymentTermId),
            ["documents"] = Json.Array(bill.Documents.Select(journal.Find).OfType<Document>(), DocumentLinks.Resource),
            ["details"] = Json.Array(bill.Lines, line => BillLine(journal, line)),
            ["payment_requests"] = Json.Array(journal.PaymentRequestsOf(bill.Key), Payment),
        };

    public static JsonObject Payment(PaymentRequest request) =>
        new()
        {
            ["id"] = request.Id,
            ["amount_due"] = Json.Of(request.AmountDue),
            ["paid_amount"] = Json.Of(request.PaidAmount),
            ["due_date"] = Json.Of(request.DueDate),
            ["payment_date"] = Json.Of(request.PaymentDate),
            ["currency"] = request.Currency,
            ["description"] = request.Description,
            ["classification"] = request.Classification,
            ["transaction_number"] = request.TransactionNumber,
            ["memo"] = request.Memo,
        };

    public static JsonObject PaymentWithDocument(Journal journal, PaymentRequest request)
    {
        var payment = Payment(request);
        payment["document"] = journal.Find(request.Document) is { } document
            ? DocumentLinks.Resource(document)
            : new JsonObject();
        return payment;
    }

    private static JsonObject OrderLine(Journal journal, OrderLine line)
    {
        var product = journal.ProductOf(journal.Items[line.ItemId]);
        return new()
        {
            ["inventory_id"] = line.ItemId,
            ["sku"] = product?.Sku,
            ["name"] = product?.Name,
            ["quantity"] = line.Quantity,
            ["price"] = Json.Of(line.Price),
        };
    }

    private static JsonObject BillLine(Journal journal, BillLine line)
    {
        var service = journal.Services[line.ServiceId];
        return new()
        {
            ["service_id"] = line.ServiceId,
            ["service_name"] = service.Name,
            ["service_group"] = service.Group,
            ["quantity"] = line.Quantity,
            ["rate"] = Json.Of(line.Rate),
            ["amount"] = Json.Of(line.Amount),
        };
    }

    private static JsonObject? Vendor(Journal journal, int? id) =>
        id is { } known ? new() { ["id"] = known, ["name"] = journal.Vendors[known].Name } : null;

    private static JsonObject? Term(Journal journal, int? id) =>
        id is { } known ? new() { ["id"] = known, ["name"] = journal.PaymentTerms[known].Name } : null;
}
