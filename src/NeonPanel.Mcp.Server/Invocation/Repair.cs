using System.Globalization;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>A corrected client mistake (rule D1).</summary>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Receipt">The sentence for the caller.</param>
internal sealed record Repair(RepairKind Kind, string Receipt)
{
    private const int Most = 20;

    /// <summary>Returns the sentences about a call's corrections: the first ones in full, and the number of the
    /// others.</summary>
    public static IReadOnlyList<string> Receipts(IReadOnlyList<Repair> repairs) =>
        [
            .. repairs.Take(Most).Select(repair => repair.Receipt),
            .. repairs.Count > Most
                ?
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"… and {repairs.Count - Most:N0} more were read in the same way."
                    ),
                ]
                : Array.Empty<string>(),
        ];
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

    /// <summary>An allowed value in another case.</summary>
    Case,

    /// <summary>A single value instead of a list.</summary>
    SingleValue,

    /// <summary>Null for an optional argument that does not accept null.</summary>
    Null,

    /// <summary>A name that people use instead of an id.</summary>
    Lookup,
}
