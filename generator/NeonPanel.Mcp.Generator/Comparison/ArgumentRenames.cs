using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Finds removed arguments that probably were renamed.</summary>
internal static partial class ArgumentRenames
{
    /// <param name="before">The members of an object in the older version.</param>
    /// <param name="after">The members of the object in the newer version.</param>
    /// <param name="known">Pairs of names that are known to correspond.</param>
    public static IReadOnlyDictionary<string, string> Find(
        IReadOnlyList<PropertyModel> before,
        IReadOnlyList<PropertyModel> after,
        IReadOnlyDictionary<string, string> known
    )
    {
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        var gone = before.ExceptBy(after.Select(property => property.Name), property => property.Name).ToList();
        var added = after.ExceptBy(before.Select(property => property.Name), property => property.Name).ToList();
        foreach (
            var (old, name) in known.Where(pair =>
                gone.Exists(property => property.Name == pair.Key)
                && added.Exists(property => property.Name == pair.Value)
            )
        )
        {
            Take(old, name);
        }

        foreach (var property in gone.ToList())
        {
            // Only if there is exactly one candidate; with several, the pair would be a guess.
            if (
                added.Where(other => AreAlike(property, other)).ToList() is [var only]
                && gone.Count(other => AreAlike(other, only)) == 1
            )
            {
                Take(property.Name, only.Name);
            }
        }

        return renames;

        void Take(string old, string name)
        {
            renames[old] = name;
            gone.RemoveAll(property => property.Name == old);
            added.RemoveAll(property => property.Name == name);
        }
    }

    private static bool AreAlike(PropertyModel first, PropertyModel second) =>
        first.IsRequired == second.IsRequired
        && first.Schema.Types.SequenceEqual(second.Schema.Types)
        && first.Schema.Format == second.Schema.Format
        && first
            .Schema.Properties.Select(property => property.Name)
            .SequenceEqual(second.Schema.Properties.Select(property => property.Name))
        && (
            (first.Schema.Description.Length > 0 && first.Schema.Description == second.Schema.Description)
            || Words(first.Name).Intersect(Words(second.Name)).Any()
        );

    // balances_date, balancesDate and date have a common word.
    private static IEnumerable<string> Words(string name) =>
        Word().Matches(name).Select(match => match.Value.ToLowerInvariant());

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
