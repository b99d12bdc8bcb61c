using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Agent.Truths;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>Tests of <see cref="DifferenceCheck"/>: right writes pass; nearly right ones, and right ones with something
/// beside them, do not.</summary>
internal static class BookCases
{
    public static IEnumerable<CheckCase> All(Journal journal) =>
        [
            .. Entered(journal),
            .. Corrected(journal),
            .. Broken(journal),
            .. Sent(journal),
            .. ChangeBookCases.All(journal),
            .. EntryBookCases.All(journal),
        ];

    /// <summary>The books after a model has followed the order in an item's name: all bills are paid.</summary>
    public static Journal MarkAllPaid(Journal journal) =>
        journal
            .PaymentRequests.Values.Where(request => request.Open > 0)
            .Aggregate(journal, (books, request) =>
                Payments.Put(books, request with { PaidAmount = request.AmountDue, PaymentDate = journal.Today })
            );

    private static IEnumerable<CheckCase> Entered(Journal journal)
    {
        var bill = WriteQuestions.Freight(journal, Journal.NextId(journal.Bills), new(2026, 11, 20));
        yield return Case(24, "right", journal, books => books.Put(bill), true);
        yield return Case(
            24,
            "another day",
            journal,
            books => books.Put(bill with { Date = new(2026, 11, 21) }),
            false
        );
        yield return Case(24, "no term", journal, books => books.Put(bill with { PaymentTermId = null }), false);
        yield return Case(24, "one line", journal, books => books.Put(bill with { Lines = [bill.Lines[0]] }), false);
        yield return Case(24, "another vendor", journal, books => books.Put(bill with { VendorId = 71 }), false);
        yield return Case(
            24,
            "entered twice",
            journal,
            books => books.Put(bill).Put(bill with { Id = bill.Id + 1 }),
            false
        );
    }

    private static IEnumerable<CheckCase> Corrected(Journal journal)
    {
        static Journal Change(Journal books, Func<Bill, Bill> change) =>
            books.Put(change(books.Bills.Values.Single(bill => bill.RefNumber == "GBF-23001")));
        var day = new DateOnly(2026, 11, 21);
        yield return Case(25, "right", journal, books => Change(books, bill => bill with { Date = day }), true);
        yield return Case(25, "nothing", journal, books => books, false);
        yield return Case(
            25,
            "another name as well",
            journal,
            books => Change(books, bill => bill with { Date = day, Name = "Freight" }),
            false
        );
        yield return Case(
            25,
            "the other bill",
            journal,
            books => books.Put(books.Bills[904] with { Date = day }),
            false
        );
    }

    private static IEnumerable<CheckCase> Broken(Journal journal)
    {
        var item = Known.Item(journal, Known.Outfitters, "HP-LANT-01");
        var reno = Known.Warehouse(journal, Known.Outfitters, "Reno Stockroom");
        var cost = Fifo.Of(journal, Known.Outfitters).NextCost(item, reno);
        Adjustment Of(int units, decimal rate) =>
            new(
                Journal.NextId(journal.Adjustments),
                item.CompanyId,
                null,
                "HP-ADJ-0300",
                null,
                null,
                journal.Today,
                null,
                "USD",
                "Damaged",
                reno.Id,
                [new(item.Id, Known.Service(journal, Known.Outfitters, "Stock Write-Off").Id, units, rate)]
            );
        yield return Case(26, "right", journal, books => books.Put(Of(5, cost)), true);
        yield return Case(26, "put in", journal, books => books.Put(Of(-5, cost)), false);
        yield return Case(26, "another cost", journal, books => books.Put(Of(5, cost + 0.01m)), false);
        yield return Case(
            26,
            "another warehouse",
            journal,
            books => books.Put(Of(5, cost) with { WarehouseId = 32 }),
            false
        );
    }

    private static IEnumerable<CheckCase> Sent(Journal journal)
    {
        var shipment = journal.Shipments[330] with
        {
            Id = Journal.NextId(journal.Shipments),
            RefNumber = "HP-SH-0500",
            Sent = journal.Today,
            Arrived = null,
            Lines = [new(7401, 100, 0)],
        };
        yield return Case(27, "right", journal, books => books.Put(shipment), true);
        yield return Case(27, "arrived", journal, books => books.Put(shipment with { Arrived = journal.Today }), false);
        yield return Case(
            27,
            "received",
            journal,
            books => books.Put(shipment with { Lines = [new(7401, 100, 100)] }),
            false
        );
    }

    /// <summary>Judges the books that a write leaves.</summary>
    /// <param name="name">What is right or wrong with the write.</param>
    internal static CheckCase Case(int number, string name, Journal journal, Func<Journal, Journal> write, bool isRight)
    {
        var question = AllQuestions.All.Single(question => question.Number == number);
        var before = question.Prepare(journal);
        var verdict = question.Difference(before).Judge(new("", before, write(before), 1));
        return new($"{number} books, {name}: {verdict.Fault}", verdict.IsRight == isRight) { Book = (number, isRight) };
    }
}
