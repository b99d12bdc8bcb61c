using NeonPanel.Mcp.Agent.Questions;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>Right and nearly right books of <see cref="EntryQuestions"/>.</summary>
internal static class EntryBookCases
{
    private const int Pegs = 7418;

    public static IEnumerable<CheckCase> All(Journal journal) =>
        [.. Reordered(journal), .. Carried(journal), .. Deleted(journal)];

    private static IEnumerable<CheckCase> Reordered(Journal journal)
    {
        CheckCase Of(string name, InventoryOrder order, bool isRight) =>
            BookCases.Case(55, name, journal, books => books.Put(order), isRight);
        var right = EntryQuestions.Reorder(journal, 90);
        yield return Of("right", right, true);
        yield return Of("90 more", EntryQuestions.Reorder(journal, 156), false);
        yield return Of(
            "the other lines lost",
            right with
            {
                Lines = [.. right.Lines.Where(line => line.ItemId == Pegs)],
            },
            false
        );
        yield return Of("a second line", right with { Lines = [.. right.Lines, new(Pegs, 90, 22.69m)] }, false);
        yield return Of("no warehouse", right with { WarehouseId = null }, false);
    }

    private static IEnumerable<CheckCase> Carried(Journal journal)
    {
        CheckCase Of(string name, Bill bill, bool isRight) =>
            BookCases.Case(58, name, journal, books => books.Put(bill), isRight);
        var right = EntryQuestions.Carriage(journal);
        yield return Of("right", right, true);
        yield return Of(
            "the company in the United States",
            right with
            {
                CompanyId = 214,
                VendorId = 64,
                Lines = [new(141, 1, 640)],
            },
            false
        );
        yield return Of("US dollars", right with { Currency = "USD" }, false);
        yield return Of("rent", right with { Lines = [new(154, 1, 640)] }, false);
    }

    private static IEnumerable<CheckCase> Deleted(Journal journal)
    {
        CheckCase Of(string name, int[] ids, bool isRight) =>
            BookCases.Case(
                60,
                name,
                journal,
                books =>
                    ids.Aggregate(books, (rest, id) =>
                        rest with
                        {
                            Items = rest.Items.SetItem(id, rest.Items[id] with { IsDeleted = true }),
                        }
                    ),
                isRight
            );
        yield return Of("right", [7513], true);
        yield return Of("the item for the United States", [7437], false);
        yield return Of("both", [7437, 7513], false);
    }
}
