using System.Text;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Pages;

/// <summary>Pages that anybody may ask for are written once, and a search costs little.</summary>
internal sealed class CatalogPagesTests
{
    private readonly CatalogPages pages = new(GeneratedCatalog.Create(), new(null));

    [TestCase("", "")]
    [TestCase("  ", "core")]
    public void List_WithoutWords_IsWrittenOnce(string search, string profile) =>
        Assert.That(pages.List(search, profile), Is.SameAs(pages.List("", profile)));

    [Test]
    public void Tool_IsWrittenOnce()
    {
        foreach (var tool in GeneratedCatalog.Create().Tools)
        {
            var first = pages.Tool(tool);
            Assert.That(pages.Tool(tool), Is.SameAs(first));
        }
    }

    [TestCase("warehouse", "", "getWarehouseBalances", "bills_list")]
    [TestCase("WAREHOUSE balances", "", "getWarehouseBalances", "bills_list")]
    [TestCase("warehouse nonsense", "", "Nothing is found", "getWarehouseBalances")]
    [TestCase("", "core", "listCompanies", "shipments_list")]
    [TestCase("shipments_list", "core", "Nothing is found", "listCompanies")]
    [TestCase("companyUuid", "", "bills_list", "listReports")]
    [TestCase("", "no such profile", "Nothing is found", "bills_list")]
    public void List_OfASearch_HoldsWhatFits(string search, string profile, string expected, string unexpected)
    {
        var page = Text(pages.List(search, profile));
        Assert.That(page, Does.Contain(expected).And.Not.Contain($"<code>{unexpected}</code>"));
    }

    // Each word is looked for in each tool; the same word once is enough.
    [TestCase("a b c d e i o r s t", "zzz", true)]
    [TestCase("a b c d e i o r s", "zzz", false)]
    [TestCase("a A a A a A a A a A a A", "zzz", false)]
    public void Search_OfManyWords_LooksForTenDifferentOnes(string words, string impossible, bool isFound)
    {
        var page = Text(pages.List(words + " " + impossible, ""));
        Assert.That(page.Contains("Nothing is found", StringComparison.Ordinal), Is.EqualTo(!isFound));
    }

    private static string Text(PreparedPage page) => Encoding.UTF8.GetString(page.Bytes);
}
