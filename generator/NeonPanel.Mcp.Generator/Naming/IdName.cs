using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Naming;

/// <summary>A name that says that the value is an id: <c>vendor_id</c> and <c>vendorId</c> are the <c>id</c> of a
/// vendor, <c>company_uuid</c> is the <c>uuid</c> of a company, and <c>id</c> has no noun.</summary>
/// <param name="Noun">The thing, in lower case without signs; empty if the name has none.</param>
/// <param name="Kind">The kind of id, in lower case.</param>
/// <param name="Stem">The name without the kind, with the sign before it: <c>vendor_</c>.</param>
internal sealed partial record IdName(string Noun, string Kind, string Stem)
{
    /// <returns><see langword="null"/> if the name does not name an id.</returns>
    public static IdName? Read(string name) =>
        Pattern().Match(name) is { Success: true } id
            ? new(
                Plain(id.Groups["noun"].Value),
                id.Groups["kind"].Value.ToLowerInvariant(),
                name[..id.Groups["kind"].Index]
            )
            : null;

    /// <summary>Returns a name in lower case without signs.</summary>
    public static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    [GeneratedRegex(
        "^((?<noun>.+)[_-])?(?<kind>id|uuid|guid)$|^(?<noun>.*[a-z0-9])(?<kind>I[dD]|U[uU][iI][dD]|G[uU][iI][dD])$"
    )]
    private static partial Regex Pattern();
}
