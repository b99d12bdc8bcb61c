using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Calls.Totals;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Totals;

/// <summary>Rule D12: the memory of a total does not grow with the rows. The fixture runs alone, because it measures
/// the memory of the process.</summary>
[NonParallelizable]
internal sealed class FoldMemoryTests
{
    /// <summary>Of a row, 64 bits of its id and the number of its page stay, in a table that is at most half empty. The
    /// rows themselves have 169 bytes on average.</summary>
    private const int BytesOfARow = 64;

    [Test]
    public void Fold_TenThousandRows_KeepsOnlyTheirIds()
    {
        const int count = 10_000;
        var pages = LedgerRows.Make(count).Chunk(PagedApi.LargestPage).Select(PageOf).ToList();
        var tool = PagedApi.Catalog().Tools.Single(tool => tool.Name == "pages");
        using var arguments = JsonDocument.Parse($$"""{"total":"{{LedgerJudge.Total}}"}""");
        var query = WholeListQuery.Read(tool, arguments.RootElement, []);
        // The first fold fills what all folds share.
        Fold(new(tool, query, null, 0), pages);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var fold = new RowFold(tool, query, null, 0);
        Fold(fold, pages);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.That(fold.Rows, Is.EqualTo(count));
        Assert.That(pages.Sum(page => page.Length), Is.GreaterThan(2 * count * BytesOfARow));
        Assert.That(kept, Is.LessThan(count * BytesOfARow));
    }

    private static byte[] PageOf(IEnumerable<string> rows) =>
        Encoding.UTF8.GetBytes($$"""{"last_page":167,"data":[{{string.Join(',', rows)}}]}""");

    private static void Fold(RowFold fold, List<byte[]> pages)
    {
        foreach (var (index, page) in pages.Index())
        {
            fold.Take(page, index + 1);
        }
    }
}
