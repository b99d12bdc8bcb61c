namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Paths of our specification that the edits change.</summary>
internal static class EditedPaths
{
    public const string Bills = "./bills";
    public const string Vendors = "./vendors";
    public const string Revenue = "/api/v1/revenue-and-cogs";
    public const string Companies = "/api/v1/companies";
    public const string Balances = "./inventory-items/{inventoryId}/balances";
    public const string Forecasts = "./settings/forecasts";
}
