using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NUnit.Framework;

namespace NeonPanel.Mcp.Sandbox.Tests.Journals;

/// <summary>The figures that the specification's examples tell, worked out by hand: 600 lanterns in, 120 into kits, 200
/// to Amazon, 24 and 3 sold.</summary>
internal sealed class ExampleStoryTests
{
    private static readonly Journal Journal = JournalGenerator.Create(LedgerOptions.Default);
    private static readonly Books Books = Books.Of(Journal);
    private static readonly DateOnly Day = LedgerOptions.ExampleDay;

    [TestCase(7401, "31:256 32:197")]
    [TestCase(7402, "31:130 32:148")]
    [TestCase(7403, "31:308")]
    [TestCase(7404, "")]
    [TestCase(7405, "31:20 32:100")]
    public void Balances_OnTheExamplesDay_AreThoseOfTheExamples(int item, string expected)
    {
        var balances = Books
            .BalancesOf(Journal.Items[item], Day)
            .Select(balance => $"{balance.Warehouse.Id}:{balance.Balance}");
        Assert.That(string.Join(' ', balances), Is.EqualTo(expected));
    }

    [Test]
    public void LandedCost_OfTheLantern_IsNinePlusFreightPlusCustoms()
    {
        var entry = Books.LandedCosts(Journal.Items[7401], Journal.Warehouses[31], new(2026, 8, 1), Day).Single();
        Assert.That(entry.Units.Units, Is.EqualTo(600));
        Assert.That(
            entry.Units.Costs.Select(cost => (cost.Type, cost.Amount)),
            Is.EqualTo(new[] { ("Vendor Price", 5400m), ("Ocean Freight", 960m), ("Customs Brokerage", 120m) })
        );
    }

    [Test]
    public void Cogs_OfTheLantern_IsThatOf27Units()
    {
        var sold = Books.ConsumptionsOf(Journal.Items[7401], new(2026, 10, 1), Day);
        Assert.That(
            sold.Select(consumption => (consumption.Kind, consumption.Units, consumption.Amount)),
            Is.EqualTo(new[] { (ConsumptionKind.Sale, 24, 259.2m), (ConsumptionKind.Sale, 3, 32.4m) })
        );
    }

    // The examples' answer covers the countries US and DE.
    [TestCase(214, "US", 10, 948, 445.2)]
    [TestCase(214, "US", 11, 104.97, 32.4)]
    [TestCase(387, "DE", 10, 8430, 3112.4)]
    [TestCase(387, "DE", 11, 5127.6, 1904.25)]
    public void Revenue_ByMonth_IsThatOfTheExamples(
        int company,
        string country,
        int month,
        decimal revenue,
        decimal cogs
    )
    {
        var sales = Books
            .SalesOf(company, new(2026, month, 1), month == 10 ? new(2026, 10, 31) : Day)
            .Where(sale => sale.Invoice.Market == country)
            .ToList();
        Assert.That((sales.Sum(sale => sale.Revenue), sales.Sum(sale => sale.Cogs)), Is.EqualTo((revenue, cogs)));
    }

    [Test]
    public void Sizes_AreThoseOfTheDesign()
    {
        Assert.That(
            new[]
            {
                Journal.Companies.Count,
                Journal.Warehouses.Count,
                Journal.Items.Count,
                Journal.Products.Count,
                Journal.Listings.Count,
            },
            Is.EqualTo(new[] { 5, 14, 148, 96, 150 })
        );
        Assert.That(Journal.Items.Values.Count(item => item.CompanyId == 214), Is.EqualTo(131));
        Assert.That(
            new[]
            {
                Journal.Vendors.Count,
                Journal.Services.Count,
                Journal.PaymentTerms.Count,
                Journal.SalesChannels.Count,
                Journal.Customers.Count,
            },
            Is.EqualTo(new[] { 28, 24, 7, 4, 15 })
        );
        Assert.That(
            new[]
            {
                Journal.InventoryOrders.Count,
                Journal.Bills.Count,
                Journal.Shipments.Count,
                Journal.AssemblyOrders.Count,
                Journal.Adjustments.Count,
                Journal.Invoices.Count,
            },
            Is.EqualTo(new[] { 90, 420, 110, 24, 70, 2600 })
        );
        Assert.That(Journal.PaymentRequests, Has.Count.InRange(600, 750));
    }
}
