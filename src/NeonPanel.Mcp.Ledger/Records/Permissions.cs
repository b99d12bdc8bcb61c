namespace NeonPanel.Mcp.Ledger.Records;

/// <summary>The permission keys that the platform knows.</summary>
public static class Permissions
{
    public const string ViewInventory = "view:pages.catalog.inventory";
    public const string EditInventory = "edit:pages.catalog.inventory";
    public const string ViewBills = "view:pages.processes.bills";
    public const string EditBills = "edit:pages.processes.bills";
    public const string ViewReports = "view:pages.reports";

    /// <summary>All keys, in the API's order.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ViewInventory,
        EditInventory,
        ViewBills,
        EditBills,
        ViewReports,
    ];
}
