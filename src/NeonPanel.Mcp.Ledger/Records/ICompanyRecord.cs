namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>A record of one company.</summary>
public interface ICompanyRecord
{
    /// <summary>Gets the numeric id, unique among records of its kind in all companies.</summary>
    int Id { get; }

    /// <summary>Gets the numeric id of the company.</summary>
    int CompanyId { get; }
}
