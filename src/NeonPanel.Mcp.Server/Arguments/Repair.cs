using System.Globalization;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>A corrected client mistake (rule D1).</summary>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Receipt">The sentence for the caller.</param>
internal sealed record Repair(RepairKind Kind, string Receipt)
{
    private const int Most = 20;

    /// <summary>Returns the sentences about a call's corrections: the first ones in full, and the number of the
    /// others.</summary>
    public static IReadOnlyList<string> Receipts(IReadOnlyList<Repair> repairs)
    {
        // Several names of one thing are read in the same way.
        var receipts = repairs.Select(repair => repair.Receipt).Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. receipts.Take(Most),
            .. receipts.Count > Most
                ?
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"… and {receipts.Count - Most:N0} more were read in the same way."
                    ),
                ]
                : Array.Empty<string>(),
        ];
    }
}

internal enum RepairKind
{
    /// <summary><c>{"params": {…}}</c> instead of the arguments.</summary>
    Unwrapped,

    /// <summary>A string with JSON text instead of an object or array.</summary>
    JsonText,

    /// <summary>A string instead of a number or boolean.</summary>
    ScalarText,

    /// <summary>An integer instead of a string.</summary>
    NumberAsText,

    /// <summary>A name in another spelling style: <c>perPage</c> for <c>per_page</c>.</summary>
    Name,

    /// <summary>An allowed value in another case, or, for a tool that only reads, the beginning of one.</summary>
    Case,

    /// <summary>A size of a page beyond its limits.</summary>
    PageSize,

    /// <summary>A single value instead of a list.</summary>
    SingleValue,

    /// <summary>Null for an optional argument that does not accept null.</summary>
    Null,

    /// <summary>A name that people use instead of an id.</summary>
    Lookup,
}
