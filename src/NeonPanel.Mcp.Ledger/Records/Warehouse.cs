namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>A place that holds stock.</summary>
/// <param name="Type">Kind of warehouse: <c>3PL</c>, <c>FBA</c> or <c>FBM</c>.</param>
public sealed record Warehouse(int Id, int CompanyId, Guid Uuid, string Name, string Type, string Country)
    : ICompanyRecord;
