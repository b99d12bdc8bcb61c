using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>All operations of the API by their ids in the specification.</summary>
internal static class OperationTable
{
    public static readonly IReadOnlyDictionary<string, Func<ApiCall, ApiAnswer>> All = new Dictionary<
        string,
        Func<ApiCall, ApiAnswer>
    >
    {
        ["listCompanies"] = CompanyOperations.List,
        ["listPermissions"] = CompanyOperations.Permissions,
        ["listCompaniesWithPermission"] = CompanyOperations.WithPermission,
        ["listPermissionsByCompany"] = CompanyOperations.PermissionsOfCompany,
        ["getCompanyForecastingSettings"] = ForecastOperations.Read,
        ["updateCompanyForecastingSettings"] = ForecastOperations.Update,
        ["listReports"] = ReportOperations.List,
        ["getReportData"] = ReportOperations.Read,
        ["revenueAndCogsSummary"] = RevenueOperation.Summarize,
        ["listWarehouses"] = WarehouseOperations.List,
        ["warehouseBalances"] = WarehouseOperations.Balances,
        ["listInventoryItems"] = ItemOperations.List,
        ["createInventoryItem"] = ItemOperations.Create,
        ["getInventoryItemFullData"] = ItemOperations.Read,
        ["updateInventoryItem"] = ItemOperations.Update,
        ["deleteInventoryItem"] = ItemOperations.Delete,
        ["inventoryBalances"] = ItemOperations.Balances,
        ["listInventoryLandedCosts"] = CostOperations.LandedCosts,
        ["listInventoryCogs"] = CostOperations.Cogs,
        ["getProducts"] = ProductOperations.List,
        ["createProduct"] = ProductOperations.Create,
        ["updateProduct"] = ProductOperations.Update,
        ["deleteProduct"] = ProductOperations.Delete,
        ["getListings"] = ProductOperations.Listings,
        ["syncListing"] = ProductOperations.SyncListing,
        ["getImportInstructions"] = ImportOperations.Instructions,
        ["createDocuments"] = ImportOperations.Create,
        ["createDocumentsByPdf"] = ImportOperations.CreateByPdf,
        ["checkImportProcessing"] = ImportOperations.Check,
        ["vendors.list"] = PartyOperations.Vendors,
        ["services.list"] = PartyOperations.Services,
        ["salesChannels.list"] = PartyOperations.SalesChannels,
        ["paymentTerms.list"] = PartyOperations.PaymentTerms,
        ["inventoryOrders.list"] = OrderOperations.List,
        ["inventoryOrders.create"] = OrderOperations.Create,
        ["inventoryOrders.read"] = OrderOperations.Read,
        ["inventoryOrders.update"] = OrderOperations.Update,
        ["bills.list"] = BillOperations.List,
        ["bills.create"] = BillOperations.Create,
        ["bills.read"] = BillOperations.Read,
        ["bills.update"] = BillOperations.Update,
        ["paymentRequests.list"] = PaymentOperations.List,
        ["paymentRequests.update"] = PaymentOperations.Update,
        ["assemblyOrders.list"] = AssemblyOperations.List,
        ["assemblyOrders.create"] = AssemblyOperations.Create,
        ["assemblyOrders.read"] = AssemblyOperations.Read,
        ["assemblyOrders.update"] = AssemblyOperations.Update,
        ["invoices.list"] = InvoiceOperations.List,
        ["invoices.create"] = InvoiceOperations.Create,
        ["invoices.read"] = InvoiceOperations.Read,
        ["invoices.update"] = InvoiceOperations.Update,
        ["shipments.list"] = ShipmentOperations.List,
        ["shipments.create"] = ShipmentOperations.Create,
        ["shipments.read"] = ShipmentOperations.Read,
        ["shipments.update"] = ShipmentOperations.Update,
        ["adjustments.list"] = AdjustmentOperations.List,
        ["adjustments.create"] = AdjustmentOperations.Create,
        ["adjustments.read"] = AdjustmentOperations.Read,
        ["adjustments.update"] = AdjustmentOperations.Update,
    };
}
