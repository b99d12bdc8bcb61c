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

        var changes = new List<JournalChange>();
        foreach (var (earlier, later) in Sets(before).Zip(Sets(after)))
        {
            // A write leaves most sets as they are.
            if (!ReferenceEquals(earlier.Set, later.Set))
            {
                Compare(earlier, later, changes);
            }
        }

        return changes;
    }

    /// <summary>All records with kind and id, kind by kind.</summary>
    public static IEnumerable<(string Kind, int Id, object Record)> Records(Journal journal) =>
        Sets(journal).SelectMany(set => set.Records.Select(pair => (set.Kind, pair.Id, pair.Record)));

    internal static string Text(object record) => JsonSerializer.Serialize(record, record.GetType(), Options);

    private static void Compare(RecordSet before, RecordSet after, List<JournalChange> changes)
    {
        var old = before.Records.ToDictionary(pair => pair.Id, pair => pair.Record);
        foreach (var (id, record) in after.Records)
        {
            old.Remove(id, out var earlier);
            if (!ReferenceEquals(earlier, record) && (earlier is null || Text(earlier) != Text(record)))
            {
                changes.Add(new(after.Kind, id, earlier, record));
            }
        }

        changes.AddRange(old.Select(pair => new JournalChange(after.Kind, pair.Key, pair.Value, null)));
    }

    private static IEnumerable<RecordSet> Sets(Journal journal) =>
        [
            Of("company", journal.Companies),
            Of("user", journal.Users),
            Of("warehouse", journal.Warehouses),
            Of("product", journal.Products),
            Of("listing", journal.Listings),
            Of("item", journal.Items),
            Of("assembly", journal.Assemblies),
            Of("vendor", journal.Vendors),
            Of("customer", journal.Customers),
            Of("service", journal.Services),
            Of("sales_channel", journal.SalesChannels),
            Of("payment_term", journal.PaymentTerms),
            Of("report", journal.Reports),
            Of("forecast", journal.Forecasts),
            Of("inventory_order", journal.InventoryOrders),
            Of("bill", journal.Bills),
            Of("shipment", journal.Shipments),
            Of("assembly_order", journal.AssemblyOrders),
            Of("adjustment", journal.Adjustments),
            Of("invoice", journal.Invoices),
            Of("payment_request", journal.PaymentRequests),
        ];

    private static RecordSet Of<T>(string kind, IReadOnlyDictionary<int, T> records)
        where T : class => new(kind, records, records.Select(pair => (pair.Key, (object)pair.Value)));

    /// <summary>The records of one kind.</summary>
    private sealed record RecordSet(string Kind, object Set, IEnumerable<(int Id, object Record)> Records);
}

/// <summary>A record that differs between two journals.</summary>
/// <param name="Kind">Kind of the record, such as <c>bill</c> or <c>payment_request</c>.</param>
/// <param name="Before">The record before; <see langword="null"/> if it is new.</param>
/// <param name="After">The record after; <see langword="null"/> if it is gone.</param>
public sealed record JournalChange(string Kind, int Id, object? Before, object? After);
