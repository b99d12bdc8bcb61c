namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Bills: for the freight of orders and shipments, for the boxes of kits, and for everything else.</summary>
internal sealed class BillSimulation(CompanySimulation company)
{
    private const int ShortHauls = 34;

    private readonly List<(DocumentKey Document, DateOnly Day, decimal Value, bool IsForKits)> planned = [];
    private readonly Dictionary<int, int> numbers = [];
    private int turn;

    /// <summary>Bills that no document calls for.</summary>
    public static int PlainBills(DocumentCounts counts) => Math.Max(0, counts.Bills - Expected(counts));

    /// <summary>Small freight bills of the last quarter, more than two pages of them.</summary>
    public int Hauls => company.Plan.Services.Customs is null ? 0 : ShortHauls;

    public void Plan(DocumentKey document, DateOnly day, decimal value, bool isForKits)
    {
        if (day <= company.Journal.Today)
        {
            planned.Add((document, day, value, isForKits));
        }
    }

    public void Send(DateOnly day)
    {
        foreach (var plan in planned.Where(plan => plan.Day == day).ToList())
        {
            planned.Remove(plan);
            if (plan.IsForKits)
            {
                Put(
                    day,
                    66,
                    "Boxes for kits",
                    [plan.Document],
                    [new(company.Plan.Services.Packing!.Value, (int)plan.Value * 2, 0.42m)]
                );
            }
            else
            {
                Freight(day, plan.Document, plan.Value);
            }
        }
    }

    public bool AddHaul(DateOnly day)
    {
        Put(
            day,
            64,
            "Local haul to the dock",
            [],
            [new(company.Plan.Services.Freight, 1, company.Random.Amount(45, 240))]
        );
        return true;
    }

    /// <summary>Adds what is missing to the number of bills, on days of the past.</summary>
    public void Complete(int before)
    {
        var days = company.Journal.Today.DayNumber - LedgerOptions.FirstDay.DayNumber;
        while (company.Journal.Bills.Count - before < company.Plan.Counts.Bills)
        {
            Add(LedgerOptions.FirstDay.AddDays(company.Random.Next(0, days)));
        }
    }

    public bool Add(DateOnly day)
    {
        var (vendor, service) = company.Plan.Others[turn++ % company.Plan.Others.Count];
        Put(
            day,
            vendor,
            $"{company.Journal.Services[service].Name}, {day:MMMM yyyy}",
            [],
            [new(service, company.Random.Next(1, 3), company.Random.Amount(60, 720))]
        );
        return true;
    }

    private void Freight(DateOnly day, DocumentKey document, decimal value)
    {
        var services = company.Plan.Services;
        var vendor = company.Plan.Freight[0];
        var lines = new List<BillLine>
        {
            new(
                services.Freight,
                1,
                Money.Round(value * company.Random.Next(9, 17) / 100m) + company.Random.Amount(10, 60)
            ),
        };
        if (services.Customs is { } customs && document.Kind == DocumentKind.InventoryOrder)
        {
            lines.Add(new(customs, 1, company.Random.Amount(95, 240)));
        }

        Put(day, vendor, $"Freight for {company.Journal.Find(document)!.RefNumber}", [document], lines);
    }

    // Estimate of the largest number of bills that orders, shipments and kits need.
    private static int Expected(DocumentCounts counts) => counts.Orders + (counts.Shipments * 4 / 10) + counts.Kits;

    private void Put(
        DateOnly day,
        int vendor,
        string name,
        IReadOnlyList<DocumentKey> documents,
        IReadOnlyList<BillLine> lines
    )
    {
        var id = company.NextId(DocumentKind.Bill);
        var known = company.Journal.Vendors[vendor];
        numbers[vendor] = numbers.GetValueOrDefault(vendor, vendor == 64 ? 20_100 : 400) + 1;
        var term = known.PaymentTermId;
        if (
            company.Journal.PaymentTerms.GetValueOrDefault(13)!.CompanyId == company.Plan.Company.Id
            && company.Random.Chance(14)
        )
        {
            term = 13;
        }

        company.Put(
            new Bill(
                id,
                company.Plan.Company.Id,
                name,
                $"{known.Code}-{numbers[vendor]}",
                TaskIds.Of(DocumentKind.Bill, id),
                null,
                company.Plan.Items[0].Site.Market,
                company.Plan.Company.Currency,
                vendor,
                term,
                day,
                documents,
                lines
            )
        );
    }
}
