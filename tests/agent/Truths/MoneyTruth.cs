using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Agent.Truths;

/// <summary>Debts, bills and sales, as plain sums over documents.</summary>
internal static class MoneyTruth
{
    /// <summary>Payment requests of a company that are not paid.</summary>
    public static IEnumerable<PaymentRequest> Open(Journal journal, Company company) =>
        journal.PaymentRequests.Values.Where(request =>
            request.CompanyId == company.Id && request.AmountDue - (request.PaidAmount ?? 0) != 0
        );

    /// <summary>Returns the debts of all visible companies, by currency.</summary>
    public static IReadOnlyDictionary<string, decimal> OwedByCurrency(Journal journal) =>
        journal
            .Companies.Values.Where(company => company.IsVisible)
            .SelectMany(company => Open(journal, company))
            .GroupBy(request => request.Currency!)
            .ToDictionary(
                group => group.Key,
                group => group.Sum(request => request.AmountDue - (request.PaidAmount ?? 0))
            );

    /// <summary>Bills of a vendor in a span.</summary>
    public static IEnumerable<Bill> BillsOf(Journal journal, Vendor vendor, DateOnly start, DateOnly end) =>
        journal.Bills.Values.Where(bill =>
            bill.CompanyId == vendor.CompanyId && bill.VendorId == vendor.Id && bill.Date >= start && bill.Date <= end
        );

    /// <summary>Numbers of bills of a year with the vendor and amount of another one of the same week.</summary>
    public static IReadOnlySet<string> EnteredTwice(Journal journal, Company company, int year)
    {
        var bills = journal
            .Bills.Values.Where(bill => bill.CompanyId == company.Id && bill.Date?.Year == year)
            .ToList();
        return bills
            .Where(bill =>
                bills.Exists(other =>
                    other.Id != bill.Id
                    && other.VendorId == bill.VendorId
                    && Sum(other) == Sum(bill)
                    && Math.Abs(other.Date!.Value.DayNumber - bill.Date!.Value.DayNumber) <= 7
                )
            )
            .Select(bill => bill.RefNumber!)
            .ToHashSet();
    }

    /// <summary>Returns the invoiced amount of each customer in a span, the largest first.</summary>
    public static IReadOnlyList<(string Customer, decimal Amount)> Customers(
        Journal journal,
        Company company,
        DateOnly start
    ) =>
        [
            .. journal
                .Invoices.Values.Where(invoice => invoice.CompanyId == company.Id && invoice.Date >= start)
                .Where(invoice => invoice.CustomerId is not null)
                .GroupBy(invoice => journal.Customers[invoice.CustomerId!.Value].Name)
                .Select(group => (group.Key, group.Sum(invoice => invoice.Lines.Sum(line => line.Amount))))
                .OrderByDescending(pair => pair.Item2),
        ];

    /// <summary>Money taken for goods: lines that name an item.</summary>
    public static decimal Revenue(Invoice invoice) =>
        invoice.Lines.Where(line => line.ItemId is not null).Sum(line => line.Amount);

    private static decimal Sum(Bill bill) =>
        bill.Lines.Sum(line => decimal.Round(line.Quantity * line.Rate, 2, MidpointRounding.AwayFromZero));
}
