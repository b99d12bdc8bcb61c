using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Vendors, services, payment terms and sales channels, which the API cannot write.</summary>
internal static class PartyOperations
{
    public static ApiAnswer Vendors(ApiCall call)
    {
        var company = call.Company;
        var search = call.Query.Text("search");
        var vendors = call.Journal.Vendors.Values.Where(vendor =>
            vendor.CompanyId == company.Id && Search.Matches(search, vendor.Name, vendor.Code)
        );
        return ApiAnswer.FilteredPage(call, PageSizes.Parties, [.. vendors], vendor => new JsonObject
        {
            ["id"] = vendor.Id,
            ["bk_id"] = vendor.BookkeepingId,
            ["bk_type"] = vendor.BookkeepingType,
            ["payment_term_id"] = vendor.PaymentTermId,
            ["name"] = vendor.Name,
            ["code"] = vendor.Code,
        });
    }

    public static ApiAnswer Services(ApiCall call)
    {
        var company = call.Company;
        var search = call.Query.Text("search");
        var services = call.Journal.Services.Values.Where(service =>
            service.CompanyId == company.Id && Search.Matches(search, service.Name)
        );
        return ApiAnswer.FilteredPage(call, PageSizes.Parties, [.. services], service => new JsonObject
        {
            ["id"] = service.Id,
            ["name"] = service.Name,
            ["group"] = service.Group,
        });
    }

    public static ApiAnswer SalesChannels(ApiCall call) =>
        Whole(
            Json.Array(call.Journal.SalesChannels.Values, channel => new JsonObject
            {
                ["id"] = channel.Id,
                ["name"] = channel.Name,
            })
        );

    public static ApiAnswer PaymentTerms(ApiCall call)
    {
        var company = call.Company;
        return Whole(
            Json.Array(
                call.Journal.PaymentTerms.Values.Where(term => (term.CompanyId ?? company.Id) == company.Id),
                Term
            )
        );
    }

    private static JsonObject Term(PaymentTerm term) =>
        new()
        {
            ["id"] = term.Id,
            ["system"] = term.CompanyId is null,
            ["document"] = term.Document?.ToString(),
            ["name"] = term.Name,
            ["schema"] = Json.Array(term.Schema, installment => new JsonObject
            {
                ["date_anchor"] = Anchor(installment.Anchor),
                ["days_offset"] = installment.DaysOffset,
                ["percentage"] = installment.Percentage,
            }),
        };

    private static string Anchor(DateAnchor anchor) =>
        anchor switch
        {
            DateAnchor.OrderPlaced => "date_order_placed",
            DateAnchor.ManufacturingCompleted => "date_manufacturing_completed",
            _ => "date",
        };

    private static ApiAnswer Whole(JsonArray rows) => ApiAnswer.Ok(new JsonObject { ["data"] = rows });
}
