namespace NeonPanel.Mcp.Ledger;

/// <summary>The movements of stock that the documents of a journal make.</summary>
public static class Movements
{
    /// <summary>Every movement, by day, then in the order in which they count on a day.</summary>
    public static IEnumerable<Movement> Of(Journal journal) =>
        Sort(journal.Documents.SelectMany(document => Of(journal, document)));

    /// <summary>The movements of one company.</summary>
    public static IEnumerable<Movement> Of(Journal journal, int companyId) =>
        Sort(
            journal
                .Documents.Where(document => document.CompanyId == companyId)
                .SelectMany(document => Of(journal, document))
        );

    /// <summary>The movements of one document.</summary>
    public static IEnumerable<Movement> Of(Journal journal, Document document) =>
        document switch
        {
            InventoryOrder order => OfOrder(order),
            Shipment shipment => OfShipment(shipment),
            AssemblyOrder order => OfAssembly(journal, order),
            Adjustment adjustment => OfAdjustment(adjustment),
            Invoice invoice => OfInvoice(invoice),
            _ => [],
        };

    private static IEnumerable<Movement> Sort(IEnumerable<Movement> movements) =>
        movements
            .OrderBy(movement => movement.Day)
            .ThenBy(movement => movement.Kind)
            .ThenBy(movement => movement.Document.Id)
            .ThenBy(movement => movement.Line);

    private static IEnumerable<Movement> OfOrder(InventoryOrder order)
    {
        if (order.Received is not { } day || order.WarehouseId is not { } warehouse)
        {
            return [];
        }

        return order.Lines.Select(
            (line, at) => New(order, day, MovementKind.Receipt, at, line.ItemId, warehouse, line.Quantity)
        );
    }

    private static IEnumerable<Movement> OfShipment(Shipment shipment)
    {
        if (shipment.Sent is not { } sent || shipment.OriginWarehouseId is not { } origin)
        {
            yield break;
        }

        for (var at = 0; at < shipment.Lines.Count; at++)
        {
            var line = shipment.Lines[at];
            yield return New(shipment, sent, MovementKind.Departure, at, line.ItemId, origin, -line.Shipped);
            if (
                shipment.Arrived is { } arrived
                && shipment.DestinationWarehouseId is { } destination
                && line.Received != 0
            )
            {
                var kind = arrived > sent ? MovementKind.Arrival : MovementKind.SameDayArrival;
                yield return New(
                    shipment,
                    arrived > sent ? arrived : sent,
                    kind,
                    at,
                    line.ItemId,
                    destination,
                    line.Received
                );
            }
        }
    }

    private static IEnumerable<Movement> OfAssembly(Journal journal, AssemblyOrder order)
    {
        if (order.Assembled is not { } day || order.WarehouseId is not { } warehouse)
        {
            yield break;
        }

        for (var at = 0; at < order.Lines.Count; at++)
        {
            var line = order.Lines[at];
            var assembly = journal.Assemblies[line.AssemblyId];
            foreach (var part in assembly.Components)
            {
                yield return New(
                    order,
                    day,
                    MovementKind.Part,
                    at,
                    part.ItemId,
                    warehouse,
                    -part.Quantity * line.Quantity
                );
            }

            yield return New(order, day, MovementKind.Kit, at, assembly.ItemId, warehouse, line.Quantity);
        }
    }

    private static IEnumerable<Movement> OfAdjustment(Adjustment adjustment)
    {
        if (adjustment.Date is not { } day || adjustment.WarehouseId is not { } warehouse)
        {
            yield break;
        }

        for (var at = 0; at < adjustment.Lines.Count; at++)
        {
            var line = adjustment.Lines[at];
            if (line.ItemId is { } item && line.Quantity != 0)
            {
                var kind = line.Quantity > 0 ? MovementKind.WriteOff : MovementKind.Found;
                yield return New(adjustment, day, kind, at, item, warehouse, -line.Quantity);
            }
        }
    }

    private static IEnumerable<Movement> OfInvoice(Invoice invoice)
    {
        if (invoice.Date is not { } day || invoice.WarehouseId is not { } warehouse)
        {
            yield break;
        }

        for (var at = 0; at < invoice.Lines.Count; at++)
        {
            var line = invoice.Lines[at];
            if (line.ItemId is { } item && line.Quantity != 0)
            {
                var kind = line.Quantity > 0 ? MovementKind.Sale : MovementKind.Return;
                yield return New(invoice, day, kind, at, item, warehouse, -line.Quantity);
            }
        }
    }

    private static Movement New(
        Document document,
        DateOnly day,
        MovementKind kind,
        int line,
        int item,
        int warehouse,
        int units
    ) => new(day, kind, document.Key, line, document.CompanyId, item, warehouse, units);
}
