using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Companies and permissions.</summary>
internal static class CompanyOperations
{
    public static ApiAnswer List(ApiCall call) =>
        ApiAnswer.Page(
            call,
            PageSizes.Catalog,
            [.. call.Journal.Companies.Values.Where(company => company.IsVisible)],
            CatalogJson.Company
        );

    public static ApiAnswer Permissions(ApiCall call) => ApiAnswer.Ok(Keys(Ledger.Records.Permissions.All));

    public static ApiAnswer PermissionsOfCompany(ApiCall call) => ApiAnswer.Ok(Keys(call.Company.Permissions));

    public static ApiAnswer WithPermission(ApiCall call)
    {
        var permission = call.RouteText("permission");
        if (!Ledger.Records.Permissions.All.Contains(permission))
        {
            throw new ApiRefusal(
                StatusCodes.Status404NotFound,
                $"There is no permission '{permission}'. listPermissions gives all."
            );
        }

        var companies = Considered(call);
        return ApiAnswer.Ok(
            new JsonObject
            {
                ["filters"] = new JsonObject
                {
                    ["company_uuids"] = Json.Array(companies, company => JsonValue.Create(company.Uuid)),
                },
                ["companies"] = Json.Array(companies.Where(company => company.Allows(permission)), CatalogJson.Company),
            }
        );
    }

    /// <summary>The companies of the filter <c>company_uuids</c>; all that the user can see without it.</summary>
    public static IReadOnlyList<Company> Considered(ApiCall call)
    {
        var uuids = call.Query.Texts("company_uuids");
        return uuids.Count > 0
            ? [.. uuids.Select(call.CompanyOf).Distinct()]
            : [.. call.Journal.Companies.Values.Where(company => company.IsVisible)];
    }

    private static JsonObject Keys(IEnumerable<string> keys) =>
        new() { ["permissions"] = Json.Array(keys, key => JsonValue.Create(key)) };
}
