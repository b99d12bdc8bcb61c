using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeonPanel.Mcp.Ledger;

/// <summary>Writes journals as bytes: the same journal gives the same bytes.</summary>
public static class JournalBytes
{
    /// <summary>Format of the records: members in the order of their declaration, enumerations by name.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>Writes a journal, one record a line: <c>kind id json</c>.</summary>
    public static byte[] Write(Journal journal)
    {
        using var stream = new MemoryStream();
        foreach (var (kind, id, record) in Records(journal))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes($"{kind} {id} "));
            JsonSerializer.Serialize(stream, record, record.GetType(), Options);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    /// <summary>The SHA-256 of the bytes of a journal, in hexadecimal digits.</summary>
    public static string Hash(Journal journal) => Convert.ToHexStringLower(SHA256.HashData(Write(journal)));

    /// <summary>Returns the records that differ between two journals.</summary>
    /// <returns>The records that only one journal has, or that differ, in the order of their kinds and ids.</returns>
    public static IReadOnlyList<JournalChange> Compare(Journal before, Journal after)
    {
        if (ReferenceEquals(before, after))
        {
            return [];
        }

        var old = Records(before).ToDictionary(entry => (entry.Kind, entry.Id), entry => entry.Record);
        var changes = new List<JournalChange>();
        foreach (var (kind, id, record) in Records(after))
        {
            old.Remove((kind, id), out var earlier);
            if (!ReferenceEquals(earlier, record) && (earlier is null || Text(earlier) != Text(record)))
            {
                changes.Add(new(kind, id, earlier, record));
            }
        }

        changes.AddRange(old.Select(pair => new JournalChange(pair.Key.Kind, pair.Key.Id, pair.Value, null)));
        return changes;
    }

    /// <summary>All records with kind and id, kind by kind.</summary>
    public static IEnumerable<(string Kind, int Id, object Record)> Records(Journal journal) =>
        Of("company", journal.Companies)
            .Concat(Of("user", journal.Users))
            .Concat(Of("warehouse", journal.Warehouses))
            .Concat(Of("product", journal.Products))
            .Concat(Of("listing", journal.Listings))
            .Concat(Of("item", journal.Items))
            .Concat(Of("assembly", journal.Assemblies))
            .Concat(Of("vendor", journal.Vendors))
            .Concat(Of("customer", journal.Customers))
            .Concat(Of("service", journal.Services))
            .Concat(Of("sales_channel", journal.SalesChannels))
            .Concat(Of("payment_term", journal.PaymentTerms))
            .Concat(Of("report", journal.Reports))
            .Concat(Of("forecast", journal.Forecasts))
            .Concat(Of("inventory_order", journal.InventoryOrders))
            .Concat(Of("bill", journal.Bills))
            .Concat(Of("shipment", journal.Shipments))
            .Concat(Of("assembly_order", journal.AssemblyOrders))
            .Concat(Of("adjustment", journal.Adjustments))
            .Concat(Of("invoice", journal.Invoices))
            .Concat(Of("payment_request", journal.PaymentRequests));

    internal static string Text(object record) => JsonSerializer.Serialize(record, record.GetType(), Options);

    private static IEnumerable<(string Kind, int Id, object Record)> Of<T>(
        string kind,
        IEnumerable<KeyValuePair<int, T>> records
    )
        where T : class => records.Select(pair => (kind, pair.Key, (object)pair.Value));
}

/// <summary>A record that differs between two journals.</summary>
/// <param name="Kind">Kind of the record, such as <c>bill</c> or <c>payment_request</c>.</param>
/// <param name="Before">The record before; <see langword="null"/> if it is new.</param>
/// <param name="After">The record after; <see langword="null"/> if it is gone.</param>
public sealed record JournalChange(string Kind, int Id, object? Before, object? After);
