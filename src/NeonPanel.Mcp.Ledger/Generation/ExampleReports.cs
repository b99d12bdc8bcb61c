using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Reports and forecasting defaults of the specification's examples.</summary>
internal static class ExampleReports
{
    private const string Links = "https://my.neonpanel.com/app/reports/";

    public static readonly IReadOnlyList<Report> All =
    [
        new(
            21,
            "Stock Movements",
            "Stock Control",
            "Every receipt, transfer, sale and write-off by item and warehouse.",
            Links + "stock-control/stock-movements",
            [
                new(
                    "movements",
                    "Movements",
                    "One row per movement",
                    [
                        new("start-date", "From", "DateTimePicker", false),
                        new("end-date", "To", "DateTimePicker", false),
                        new("warehouse", "Warehouse", "Dropdown", true),
                    ]
                ),
                new("totals", "Totals", null, [new("sku", "SKU", "TextField", false)]),
            ]
        ),
        new(
            24,
            "Stock Age",
            "Stock Control",
            "How long the units on hand have been waiting.",
            Links + "stock-control/stock-age",
            [
                new(
                    "age",
                    "Age",
                    "One row per batch",
                    [new("date", "Day", "DateTimePicker", false), new("warehouse", "Warehouse", "Dropdown", true)]
                ),
            ]
        ),
        new(
            38,
            "Margin by Marketplace",
            "Profit",
            "Revenue, cost and margin side by side for each marketplace.",
            Links + "profit/margin-by-marketplace",
            [
                new(
                    "margin",
                    "Margin",
                    null,
                    [new("period", "Period", "DateTimeRangePicker", false), new("brand", "Brand", "Dropdown", true)]
                ),
            ]
        ),
    ];

    /// <summary>Forecasting defaults by the API's names. Texts have quotation marks, as in JSON.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Forecast = new Dictionary<string, string?>
    {
        ["status"] = "\"active\"",
        ["default_seasonality"] = "\"0.7;0.7;0.8;1;1.1;1.3;1.4;1.2;0.9;0.8;1;1.1\"",
        ["default_scenario_id"] = "6",
        ["default_lead_time_days"] = "42",
        ["default_safety_stock_days"] = "21",
        ["default_fba_lead_time"] = "7",
        ["default_fba_safety_stock"] = "14",
        ["default_planned_po_frequency"] = "45",
        ["default_fba_replenishment_frequency"] = "10",
        ["default_safety_stock_multiplicator_class_a"] = "1.4",
        ["default_safety_stock_multiplicator_class_b"] = "1.1",
        ["default_safety_stock_multiplicator_class_c"] = "0.7",
        ["default_safety_stock_multiplicator_class_d"] = "0.4",
        ["default_revenue_class_a"] = "12",
        ["default_revenue_class_b"] = "4",
        ["default_revenue_class_c"] = "0.8",
        ["default_pareto_class_a"] = "75",
        ["default_pareto_class_b"] = "18",
        ["default_pareto_class_c"] = "7",
    };
}
