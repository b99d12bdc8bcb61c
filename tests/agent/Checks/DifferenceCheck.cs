using System.Text.Json;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Agent.Checks;

/// <summary>Demands what changed in the journal, exactly.</summary>
/// <param name="Expected">One test for each record that must have changed; no other may have.</param>
internal sealed record DifferenceCheck(IReadOnlyList<ExpectedChange> Expected) : Check
{
    /// <summary>Nothing may change.</summary>
    public static readonly DifferenceCheck None = new([]);

    public override string Kind => Expected.Count == 0 ? "no difference" : "difference";

    public override Verdict Judge(Attempt attempt)
    {
        var changes = JournalBytes.Compare(attempt.Before, attempt.After).ToList();
        foreach (var expected in Expected)
        {
            var found = changes.Find(change => change.Kind == expected.Kind && expected.Fits(change, attempt));
            if (found is null)
            {
                return Verdict.Wrong($"The journal lacks this: {expected.Text}.");
            }

            changes.Remove(found);
        }

        return changes.Count == 0
            ? Verdict.Right
            : Verdict.Wrong($"The journal has another change: {changes[0].Kind} {changes[0].Id}.");
    }
}

/// <summary>One record that must have changed.</summary>
/// <param name="Kind">Kind of the record, as <see cref="JournalBytes"/> calls it.</param>
/// <param name="Text">The change in words.</param>
internal sealed record ExpectedChange(string Kind, string Text, Func<JournalChange, Attempt, bool> Fits)
{
    /// <summary>A record that was not there before.</summary>
    public static ExpectedChange New<T>(string kind, string text, Func<T, bool> fits)
        where T : class =>
        new(kind, text, (change, _) => change.Before is null && change.After is T after && fits(after));

    /// <summary>A record that was there. What else differs than <paramref name="expected"/> says is a fault.</summary>
    /// <param name="expected">Makes the right record out of the earlier one.</param>
    public static ExpectedChange Same<T>(string kind, string text, Func<T, bool> which, Func<T, T> expected)
        where T : class => new(kind, text, (change, _) => change.Before is T before
            && change.After is T after
            && which(before)
            // 105 and 105.00 are one amount.
            && JsonElement.DeepEquals(Written(expected(before)), Written(after)));

    private static JsonElement Written(object record) =>
        JsonSerializer.SerializeToElement(record, record.GetType(), JournalBytes.Options);
}
