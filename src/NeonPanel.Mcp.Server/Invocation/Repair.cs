using System.Globalization;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>A habit of clients that was corrected (rule D1).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Receipt">The sentence for the caller.</param>
internal sealed record Repair(RepairKind Kind, string Receipt)
{
    private const int Most = 20;

    /// <summary>The receipts of a call: the first so many in words.</summary>
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
    /// <summary><c>{"params": {…}}</c> in the place of the arguments.</summary>
    Unwrapped,

    /// <summary>JSON inside a text where an object or array belongs.</summary>
    JsonText,

    /// <summary>A number or boolean as text.</summary>
    ScalarText,

    /// <summary>A whole number where text belongs.</summary>
    NumberAsText,

    /// <summary>A name in another spelling style: <c>perPage</c> for <c>per_page</c>.</summary>
    Name,

    /// <summary>An allowed value in another case.</summary>
    Case,

    /// <summary>One value where a list belongs.</summary>
    SingleValue,

    /// <summary>Null for an argument that may be left out and takes no null.</summary>
    Null,

    /// <summary>A name people use where an id belongs.</summary>
    Lookup,
}
