using NeonPanel.Mcp.Agent.Checks;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Questions;

/// <summary>Companies, debts, bills and customers.</summary>
internal static class MoneyQuestions
{
    private const string AmazonOrder = "114-8830257-1946618";

    public static readonly IReadOnlyList<Question> All =
    [
        new(
            1,
            "Which companies do I have, and in which currency does each keep its books?",
            "End with 'Answer:' and one line for each company: NAME: CURRENCY CODE.",
            "core",
            "begin",
            1,
            Companies
        ),
        new(
            16,
            "What do we owe in all, over all our companies: orders and bills, those without a due date too?",
            "End with 'Answer:' and one line for each currency: CODE: AMOUNT.",
            "read",
            "pages; currencies kept apart",
            5,
            journal =>
                [
                    new FigureCheck([
                        .. MoneyTruth
                            .OwedByCurrency(journal)
                            .Select(pair => new Figure([pair.Key], [pair.Value], pair.Key)),
                    ]),
                ]
        )
        {
            Needs = ["paymentRequests_list"],
        },
        new(
            17,
            "Which payments of Harbor & Pine Outfitters fall due next week, Monday to Sunday, and are not paid yet?",
            "End with 'Answer:' and one line for each payment: NUMBER OF THE DOCUMENT: AMOUNT CURRENCY.",
            "read",
            "a week from today's date",
            1,
            journal => [Payments(journal, new(2026, 11, 30), new(2026, 12, 6))]
        )
        {
            Needs = ["paymentRequests_list"],
        },
        new(
            18,
            "What of Harbor & Pine Outfitters is overdue, and since when?",
            "End with 'Answer:' and one line for each payment: NUMBER OF THE DOCUMENT: DUE DATE as YYYY-MM-DD.",
            "read",
            "dates",
            2,
            Overdue
        )
        {
            Needs = ["paymentRequests_list"],
        },
        new(
            19,
            "What did GBF bill Harbor & Pine Outfitters this quarter in all?",
            "End with 'Answer:' and one amount with its currency code.",
            "read",
            "vendor by its code, pages",
            1,
            BilledByFreight
        )
        {
            Needs = ["bills_list"],
        },
        new(
            20,
            "Are there bills of this year that Harbor & Pine Outfitters entered twice: same vendor and amount, at most seven days apart?",
            "End with 'Answer:' and the numbers of all such bills, both of each pair, separated by commas; or 'none'.",
            "read",
            "a whole list, brief fields",
            1,
            journal =>
                [
                    new SetCheck(
                        MoneyTruth.EnteredTwice(journal, Known.Company(journal, Known.Outfitters), 2026),
                        Known.Numbers(journal, Known.Outfitters)
                    ),
                ]
        )
        {
            Needs = ["bills_list"],
        },
        new(
            21,
            $"What is {AmazonOrder} in the books of Harbor & Pine Outfitters: what kind of document, of which day, over which amount?",
            "End with 'Answer:' and one line: KIND, DATE as YYYY-MM-DD: AMOUNT CURRENCY.",
            "read",
            "the kind is not told",
            1,
            AmazonInvoice
        )
        {
            Needs = ["invoices_list"],
        },
        new(
            22,
            "Which bills belong to order HP-PO-1047 of Harbor & Pine Outfitters?",
            "End with 'Answer:' and the numbers of the bills, separated by commas.",
            "read",
            "links between documents",
            1,
            BillsOfOrder
        )
        {
            Needs = ["bills_list"],
        },
        new(
            23,
            "Who were the five largest customers of Harbor & Pine Outfitters this year, by what they were invoiced?",
            "End with 'Answer:' and one line for each customer: NAME: AMOUNT CURRENCY.",
            "read",
            "many pages",
            1,
            journal =>
                [
                    new FigureCheck([
                        .. MoneyTruth
                            .Customers(journal, Known.Company(journal, Known.Outfitters), new(2026, 1, 1))
                            .Take(5)
                            .Select(pair => new Figure([pair.Customer], [pair.Amount], "USD")),
                    ]),
                ]
        )
        {
            Needs = ["invoices_list"],
        },
    ];

    private static IReadOnlyList<Check> Companies(Journal journal) =>
        [
            new FigureCheck([
                .. journal
                    .Companies.Values.Where(company => company.IsVisible)
                    .Select(company => new Figure([$"{company.Name}|{company.ShortName}"], [], company.Currency)),
            ]),
            new WordCheck([], [.. journal.Companies.Values.Where(company => !company.IsVisible).Select(c => c.Name)]),
        ];

    private static FigureCheck Payments(Journal journal, DateOnly start, DateOnly end) =>
        new([
            .. MoneyTruth
                .Open(journal, Known.Company(journal, Known.Outfitters))
                .Where(request => request.DueDate >= start && request.DueDate <= end)
                .Select(request => new Figure(
                    [journal.Find(request.Document)!.RefNumber!],
                    [request.AmountDue - (request.PaidAmount ?? 0)],
                    request.Currency
                )),
        ]);

    private static IReadOnlyList<Check> Overdue(Journal journal) =>
        [
            new FigureCheck([
                .. MoneyTruth
                    .Open(journal, Known.Company(journal, Known.Outfitters))
                    .Where(request => request.DueDate < journal.Today)
                    .Select(request => new Figure(
                        [journal.Find(request.Document)!.RefNumber!, Amounts.Text(request.DueDate!.Value)],
                        []
                    )),
            ]),
        ];

    private static IReadOnlyList<Check> BilledByFreight(Journal journal)
    {
        var vendor = Known.Vendor(journal, Known.Outfitters, "GBF");
        var bills = MoneyTruth.BillsOf(journal, vendor, new(2026, 10, 1), new(2026, 12, 31));
        return [new FigureCheck([new([], [bills.Sum(bill => bill.Amount)], "USD")])];
    }

    private static IReadOnlyList<Check> AmazonInvoice(Journal journal)
    {
        var document = journal.Documents.Single(document => document.RefNumber == AmazonOrder);
        var invoice = (Invoice)document;
        return
        [
            new FigureCheck([new(["invoice", Amounts.Text(invoice.Date!.Value)], [invoice.Amount], invoice.Currency)]),
        ];
    }

    private static IReadOnlyList<Check> BillsOfOrder(Journal journal)
    {
        var order = journal.InventoryOrders.Values.Single(order => order.RefNumber == "HP-PO-1047");
        var bills = journal.Bills.Values.Where(bill => bill.Documents.Contains(order.Key));
        return
        [
            new SetCheck(
                bills.Select(bill => bill.RefNumber!).ToHashSet(),
                Known.Numbers(journal, Known.Outfitters).Except(["HP-PO-1047"]).ToHashSet()
            ),
        ];
    }
}
