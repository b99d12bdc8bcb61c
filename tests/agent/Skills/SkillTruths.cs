using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Skills;

/// <summary>The right answer of each skill, computed from the journal.</summary>
internal static class SkillTruths
{
    public static readonly DateOnly FirstDay = new(2026, 10, 1);
    public static readonly DateOnly LastDay = new(2026, 10, 31);

    /// <summary>The day of the sandbox's books.</summary>
    public static readonly DateOnly Today = new(2026, 11, 28);

    public static readonly IReadOnlyDictionary<string, Func<Journal, IEnumerable<string>>> All = new Dictionary<
        string,
        Func<Journal, IEnumerable<string>>
    >
    {
        ["close-a-month"] = Close,
        ["enter-bill-from-pdf"] = journal => PrintedBill.Entry(journal, SkillScripts.PrintedFile),
        ["explain-landed-cost"] = Explain,
        ["find-what-runs-out"] = Find,
        ["list-what-we-owe"] = Owe,
    };

    private static IEnumerable<string> Explain(Journal journal)
    {
        var item = Known.Item(journal, Known.Outfitters, SkillScripts.Lantern);
        var warehouse = journal.Warehouses.Values.Single(place =>
            place.CompanyId == item.CompanyId && place.Name.Contains("Reno", StringComparison.Ordinal)
        );
        var fifo = Fifo.Of(journal, Known.Outfitters);
        var (order, at) = journal
            .InventoryOrders.Values.Where(order => order.Received is not null && order.WarehouseId == warehouse.Id)
            .SelectMany(order => order.Lines.Select((line, at) => (order, at)))
            .Where(pair => pair.order.Lines[pair.at].ItemId == item.Id)
            .MaxBy(pair => pair.order.Received);
        var parts = fifo.PartsOf(order, at);
        decimal units = order.Lines[at].Quantity;
        return parts
            .GroupBy(part => part.Type)
            .Select(part => $"{part.Key}: {SkillScripts.Money(part.Sum(line => line.Amount) / units)}")
            .Append($"Sum: {SkillScripts.Money(parts.Sum(part => part.Amount) / units)}");
    }

    private static IEnumerable<string> Find(Journal journal)
    {
        var company = Known.Company(journal, Known.Outfitters);
        var ordered = journal
            .InventoryOrders.Values.Where(order => order.CompanyId == company.Id && order.Received is null)
            .SelectMany(order => order.Lines)
            .GroupBy(line => line.ItemId)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity));
        return journal
            .Items.Values.Where(item => item.CompanyId == company.Id && !item.IsDeleted)
            .Where(item => item.Restock.EstimatedDailySales > 0)
            .Select(item => (Item: item, Units: StockTruth.Total(journal, item)))
            .Where(pair => pair.Units > 0)
            .Select(pair => (pair.Item, pair.Units, Days: pair.Units / (decimal)pair.Item.Restock.EstimatedDailySales!))
            .Where(pair => pair.Days < SkillScripts.Days)
            .OrderBy(pair => pair.Days)
            .Select(pair =>
                $"{pair.Item.Id} {journal.SkuOf(pair.Item)}: {Amounts.Text(decimal.Round(pair.Days, 1, MidpointRounding.AwayFromZero))} days, "
                + $"{pair.Units} units, {ordered.GetValueOrDefault(pair.Item.Id)} ordered"
            );
    }

    private static IEnumerable<string> Close(Journal journal)
    {
        var company = Known.Company(journal, Known.Outfitters);
        var revenue = journal
            .Invoices.Values.Where(invoice => invoice.CompanyId == company.Id && Covers(invoice.Date))
            .Sum(MoneyTruth.Revenue);
        var bills = journal.Bills.Values.Where(bill => bill.CompanyId == company.Id && Covers(bill.Date)).ToList();
        var due = journal.PaymentRequests.Values.Where(request =>
            request.CompanyId == company.Id && request.DueDate <= LastDay
        );
        return
        [
            $"Revenue: {Amounts.Text(revenue)} {company.Currency}",
            $"Cost: {Amounts.Text(CostTruth.Cogs(journal, Known.Outfitters, FirstDay, LastDay))} {company.Currency}",
            $"Stock: {Amounts.Text(Fifo.Of(journal, Known.Outfitters, LastDay).StockValue)} {company.Currency}",
            .. bills
                .GroupBy(bill => (Vendor(bill), bill.Currency ?? company.Currency))
                .Select(group =>
                    $"{group.Key.Item1}: {group.Count()} bills, {Amounts.Text(group.Sum(MoneyTruth.Sum))} {group.Key.Item2}"
                )
                .Order(StringComparer.Ordinal),
            .. due.GroupBy(request => request.Currency)
                .Select(group => $"Open: {Amounts.Text(group.Sum(Left))} {group.Key}")
                .Order(StringComparer.Ordinal),
            .. bills
                .GroupBy(bill => (Vendor(bill), bill.Currency ?? company.Currency, MoneyTruth.Sum(bill)))
                .Where(group => group.Count() > 1)
                .Select(group => $"Twice? {group.Key.Item1}, {Amounts.Text(group.Key.Item3)}")
                .Order(StringComparer.Ordinal),
        ];

        string? Vendor(Bill bill) => bill.VendorId is { } id ? journal.Vendors[id].Name : null;
    }

    private static IEnumerable<string> Owe(Journal journal)
    {
        foreach (var company in journal.Companies.Values.Where(company => company.IsVisible))
        {
            var requests = journal.PaymentRequests.Values.Where(request => request.CompanyId == company.Id).ToList();
            var all = requests
                .GroupBy(request => request.Currency)
                .Select(group => $"{company.ShortName}: {Amounts.Text(group.Sum(Left))} {group.Key}")
                .Order(StringComparer.Ordinal);
            var groups = requests
                .Where(request => Left(request) != 0)
                .GroupBy(request => (SkillScripts.Group(request.DueDate), request.Currency))
                .Select(group =>
                    $"{company.ShortName}, {group.Key.Item1}: {Amounts.Text(group.Sum(Left))} {group.Key.Currency}"
                )
                .Order(StringComparer.Ordinal);
            foreach (var line in all.Concat(groups))
            {
                yield return line;
            }
        }
    }

    private static bool Covers(DateOnly? day) => day >= FirstDay && day <= LastDay;

    private static decimal Left(PaymentRequest request) => request.AmountDue - (request.PaidAmount ?? 0);
}
