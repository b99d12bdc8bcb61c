namespace NeonPanel.Mcp.Ledger;

/// <summary>Arithmetic of amounts. Amounts are decimals with two places; a total that is divided loses no
/// cent.</summary>
public static class Money
{
    /// <summary>Rounds to the cent, half away from zero.</summary>
    public static decimal Round(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>The cost of units <paramref name="from"/> to <paramref name="to"/> of a batch. The parts of a batch,
    /// one after the other, add up to its total.</summary>
    /// <param name="from">Units that were taken before.</param>
    /// <param name="to">Units that are taken after.</param>
    public static decimal Part(decimal total, int quantity, int from, int to) =>
        Round(total * to / quantity) - Round(total * from / quantity);

    /// <summary>Divides a total by weights. The shares add up to the total.</summary>
    public static IReadOnlyList<decimal> Divide(decimal total, IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        var shares = new decimal[weights.Count];
        var (weight, given) = (0m, 0m);
        for (var at = 0; at < weights.Count; at++)
        {
            weight += weights[at];
            var share = sum == 0 ? Round(total * (at + 1) / weights.Count) : Round(total * weight / sum);
            shares[at] = share - given;
            given = share;
        }

        return shares;
    }
}
