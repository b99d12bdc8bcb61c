using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Revenue and COGS by slice of time and group. Currencies are never added.</summary>
internal static class RevenueOperation
{
    public static ApiAnswer Summarize(ApiCall call)
    {
        var query = call.Query;
        var companies = CompanyOperations.Considered(call);
        var countries = query.Texts("country_codes");
        IReadOnlyList<string> grouping = query.Texts("grouping", ["company", "country", "invoice"])
            is { Count: > 0 } sent
            ? sent
            : ["company"];
        var periodicity = query.Choice("periodicity", "total", "total", "yearly", "quarterly", "monthly");
        var start = query.RequiredDay("start_date");
        var end = query.Day("end_date") ?? call.Today;
        query.ThrowIfWrong();
        var sales = companies
            .SelectMany(company =>
                call.Books.SalesOf(company.Id, start, end)
                    .Select(sale => (Company: company, sale.Invoice, sale.Revenue, sale.Cogs))
            )
            .Where(sale => countries.Count == 0 || countries.Contains(sale.Invoice.Market));
        var rows = sales
            .GroupBy(sale => new Group(
                grouping.Contains("company") ? sale.Company : null,
                sale.Company.Currency,
                grouping.Contains("country") ? sale.Invoice.Market : null,
                grouping.Contains("invoice") ? sale.Invoice : null,
                SliceStart(sale.Invoice.Date!.Value, periodicity, start)
            ))
            .OrderBy(row => row.Key.Company?.Id ?? 0)
            .ThenBy(row => row.Key.Currency, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Country, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Start)
            .ThenBy(row => row.Key.Invoice?.Date)
            .ThenBy(row => row.Key.Invoice?.Id)
            .Select(row =>
                Row(
                    row.Key,
                    SliceEnd(row.Key.Start, periodicity, end),
                    row.Sum(sale => sale.Revenue),
                    row.Sum(sale => sale.Cogs)
                )
            );
        return ApiAnswer.Ok(
            new JsonObject
            {
                ["filters"] = new JsonObject
                {
                    ["company_uuids"] = Json.Array(companies, company => JsonValue.Create(company.Uuid)),
                    ["country_codes"] = Json.Array(countries, country => JsonValue.Create(country)),
                    ["periodicity"] = periodicity,
                    ["grouping"] = Json.Array(grouping, group => JsonValue.Create(group)),
                    ["start_date"] = Json.Text(start),
                    ["end_date"] = Json.Text(end),
                },
                ["data"] = Json.Array(rows, row => row),
            }
        );
    }

    private static JsonObject Row(Group group, DateOnly end, decimal revenue, decimal cogs) =>
        new()
        {
            ["start_date"] = Json.Text(group.Start),
            ["end_date"] = Json.Text(end),
            ["revenue_amount"] = Json.Of(revenue),
            ["cogs_amount"] = Json.Of(cogs),
            ["currency"] = group.Currency,
            ["company"] = group.Company is { } company ? CatalogJson.Company(company) : null,
            ["country_code"] = group.Country,
            ["invoice"] = group.Invoice is { } invoice ? DocumentLinks.Reference(invoice) : null,
        };

    private static DateOnly SliceStart(DateOnly day, string periodicity, DateOnly start)
    {
        var begin = periodicity switch
        {
            "yearly" => new DateOnly(day.Year, 1, 1),
            "quarterly" => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
            "monthly" => new DateOnly(day.Year, day.Month, 1),
            _ => start,
        };
        return begin < start ? start : begin;
    }

    private static DateOnly SliceEnd(DateOnly start, string periodicity, DateOnly end)
    {
        var last = periodicity switch
        {
            "yearly" => new DateOnly(start.Year, 12, 31),
            "quarterly" => new DateOnly(start.Year, ((start.Month - 1) / 3 * 3) + 1, 1).AddMonths(3).AddDays(-1),
            "monthly" => new DateOnly(start.Year, start.Month, 1).AddMonths(1).AddDays(-1),
            _ => end,
        };
        return last > end ? end : last;
    }

    private sealed record Group(Company? Company, string Currency, string? Country, Invoice? Invoice, DateOnly Start);
}
