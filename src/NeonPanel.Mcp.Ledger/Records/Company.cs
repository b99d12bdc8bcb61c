namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>A company that keeps books.</summary>
/// <param name="Id">Numeric id, used in links to reports.</param>
/// <param name="Uuid">Identifier in the API's paths.</param>
/// <param name="Country">Country of the company; the API does not return it.</param>
/// <param name="EntryLockedDate">First day that is still open: documents dated before it cannot be written.</param>
/// <param name="Permissions">Permission keys of the sandbox's user in this company.</param>
/// <param name="IsVisible">Whether the user may see the company at all.</param>
public sealed record Company(
    int Id,
    Guid Uuid,
    string Name,
    string ShortName,
    string Currency,
    string TimeZone,
    string Country,
    DateOnly EntryLockedDate,
    IReadOnlyList<string> Permissions,
    bool IsVisible = true
)
{
    /// <summary>Whether the user has a permission here.</summary>
    public bool Allows(string permission) => IsVisible && Permissions.Contains(permission);
}
