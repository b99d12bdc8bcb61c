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

    /// <summary>Units and amounts that adjustments of a year took out of stock, by reason.</summary>
    public static IReadOnlyList<(string Reason, int Units, decimal Amount)> AdjustedByReason(
        Journal journal,
        Company company,
        int year
    ) =>
        [
            .. journal
                .Adjustments.Values.Where(adjustment =>
                    adjustment.CompanyId == company.Id && adjustment.Date?.Year == year
                )
                .SelectMany(adjustment => adjustment.Lines.Select(line => (adjustment.Reason, Line: line)))
                .GroupBy(pair => pair.Reason!)
                .Select(group =>
                    (
                        group.Key,
                        group.Sum(pair => pair.Line.Quantity),
                        group.Sum(pair => Cents.Round(pair.Line.Quantity * pair.Line.Rate))
                    )
                ),
        ];

    /// <summary>Overdue amounts of orders and bills, by the vendor's name.</summary>
    public static IReadOnlyDictionary<string, decimal> OverdueByVendor(Journal journal, Company company) =>
        Open(journal, company)
            .Where(request => request.DueDate < journal.Today)
            .Select(request => (Document: (PayableDocument)journal.Find(request.Document)!, Request: request))
            .GroupBy(pair => journal.Vendors[pair.Document.VendorId!.Value].Name)
            .ToDictionary(
                group => group.Key,
                group => group.Sum(pair => pair.Request.AmountDue - (pair.Request.PaidAmount ?? 0))
            );

    /// <summary>Amounts of invoices since a day, by sales channel.</summary>
    public static IReadOnlyDictionary<string, decimal> InvoicedByChannel(
        Journal journal,
        Company company,
        DateOnly start
    ) =>
        journal
            .Invoices.Values.Where(invoice => invoice.CompanyId == company.Id && invoice.Date >= start)
            .GroupBy(invoice => journal.SalesChannels[invoice.SalesChannelId!.Value].Name)
            .ToDictionary(group => group.Key, group => group.Sum(invoice => invoice.Lines.Sum(line => line.Amount)));

    /// <summary>Money taken for goods: lines that name an item.</summary>
    public static decimal Revenue(Invoice invoice) =>
        invoice.Lines.Where(line => line.ItemId is not null).Sum(line => line.Amount);

    /// <summary>Amount of a bill.</summary>
    public static decimal Sum(Bill bill) =>
        bill.Lines.Sum(line => decimal.Round(line.Quantity * line.Rate, 2, MidpointRounding.AwayFromZero));
}
