using NeonPanel.Mcp.Benchmarks.Endurance;
using NeonPanel.Mcp.Benchmarks.Siege.Attacks;

namespace NeonPanel.Mcp.Benchmarks.Siege;

/// <summary>Every attack, in the order of the findings.</summary>
internal static class AttackList
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new ArgumentFlood(
            "repair-numbers",
            "getRevenueAndCogs",
            """
            "start_date":"2026-01-01","company_uuids":[
            """,
            "1",
            "]"
        ),
        new ArgumentFlood("repair-texts", "bills_list", $"{Company},\"vendors\":[", "\"1x\"", "]"),
        new ArgumentFlood("repair-dashes", "bills_list", $"{Company},\"vendors\":[", "\"-\"", "]"),
        new ArgumentFlood("repair-json", "bills_create", $"{Company},\"details\":[", "\"{\"", "]"),
        new ArgumentFlood("doubled-names", "listInventoryItems", "", "\"page\":\"1x\"", ""),
        new ArgumentFlood("unknown-names", "listInventoryItems", "", "\"pages#\":1", ""),
        new ArgumentFlood("lone-surrogates", "getRevenueAndCogs", "\"company_uuids\":[", "\"\\ud800\"", "]"),
        new ArgumentFlood("names-to-look-up", "getRevenueAndCogs", "\"company_uuids\":[", "\"Company #\"", "]"),
        new InlineFiles(),
        new FileLinks(),
        new LargeFiles(),
        new FailingOperation(),
        new StalledApi(),
        new DocsSearch(),
        new RetryAfterZero(),
        new RefusedTokens(),
        new BodiesOverTheLimit(hasToken: false),
        new BodiesOverTheLimit(hasToken: true),
        new SlowReaders(pipelines: false),
        new SlowReaders(pipelines: true),
        new SlowWriters(),
        new IssuerDown(hasToken: false),
        new IssuerDown(hasToken: true),
        new UnknownKeys(),
        new LegacyMessages(malformed: false),
        new LegacyMessages(malformed: true),
        new StreamChurn(),
        new BorrowedNames(),
        new SlowLookups(),
        new FalseAlarms(),
        new HugeAnswers("long-paths", "16", HugeAnswers.LongPath),
        new HugeAnswers("large-answers", "", HugeAnswers.Rows),
        new HugeAnswers("nested-answers", "", HugeAnswers.Nested, atOnce: 4),
        new HugeAnswers("packed-answers", "", HugeAnswers.Zeros, isPacked: true),
        new ManyAddresses(),
        new BigNames(),
        new ManyTokens(),
        new Amplification(),
        new OddHeaders(),
    ];

    private static string Company => $"\"companyUuid\":\"{Order.Company}\"";
}
