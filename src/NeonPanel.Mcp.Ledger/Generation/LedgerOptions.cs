namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Settings of a generated journal.</summary>
/// <param name="Seed">The same seed, with the same other options, gives the same journal.</param>
/// <param name="Companies">Companies in all, the one that the user may not see included. At least
/// <see cref="FewestCompanies"/>.</param>
/// <param name="Scale">How many times the usual number of documents.</param>
public sealed record LedgerOptions(ulong Seed, DateOnly Today, int Companies, int Scale)
{
    /// <summary>Four companies with books, and one that the user may not see.</summary>
    public const int FewestCompanies = 5;

    public const int MostCompanies = 1000;

    public const int MostScale = 20;

    /// <summary>The usual sandbox.</summary>
    public static readonly LedgerOptions Default = new(1, new(2026, 11, 28), FewestCompanies, 1);

    /// <summary>The first day of the books.</summary>
    public static readonly DateOnly FirstDay = new(2024, 12, 1);

    /// <summary>The day on which the specification's examples are true. Today cannot be before it.</summary>
    public static readonly DateOnly ExampleDay = new(2026, 11, 15);

    /// <summary>The last day that today can be.</summary>
    public static readonly DateOnly LastDay = new(2030, 12, 31);
}
