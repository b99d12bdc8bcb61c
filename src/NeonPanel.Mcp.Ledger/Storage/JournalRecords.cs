using System.Collections.Immutable;
using System.Text.Json;

namespace NeonPanel.Mcp.Ledger.Storage;

/// <summary>Puts records that were written as text back into a journal.</summary>
internal static class JournalRecords
{
    /// <param name="body">The record as JSON; <see langword="null"/> to remove it.</param>
    public static Journal Set(Journal journal, string kind, int id, string? body) =>
        kind switch
        {
            "company" => journal with { Companies = Put(journal.Companies, id, body) },
            "product" => journal with { Products = Put(journal.Products, id, body) },
            "listing" => journal with { Listings = Put(journal.Listings, id, body) },
            "item" => journal with { Items = Put(journal.Items, id, body) },
            "service" => journal with { Services = Put(journal.Services, id, body) },
            "forecast" => journal with { Forecasts = Put(journal.Forecasts, id, body) },
            "inventory_order" => journal with { InventoryOrders = Put(journal.InventoryOrders, id, body) },
            "bill" => journal with { Bills = Put(journal.Bills, id, body) },
            "shipment" => journal with { Shipments = Put(journal.Shipments, id, body) },
            "assembly_order" => journal with { AssemblyOrders = Put(journal.AssemblyOrders, id, body) },
            "adjustment" => journal with { Adjustments = Put(journal.Adjustments, id, body) },
            "invoice" => journal with { Invoices = Put(journal.Invoices, id, body) },
            "payment_request" => journal with { PaymentRequests = Put(journal.PaymentRequests, id, body) },
            _ => throw new InvalidDataException(
                $"--data: the file holds a change of kind '{kind}', which nothing can write. Name another file."
            ),
        };

    private static ImmutableSortedDictionary<int, T> Put<T>(
        ImmutableSortedDictionary<int, T> records,
        int id,
        string? body
    ) =>
        body is null
            ? records.Remove(id)
            : records.SetItem(id, JsonSerializer.Deserialize<T>(body, JournalBytes.Options)!);
}
