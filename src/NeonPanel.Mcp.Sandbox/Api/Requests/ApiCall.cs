using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;

namespace NeonPanel.Mcp.Sandbox.Api.Requests;

/// <summary>One call of the API.</summary>
/// <param name="Route">Values of the path.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="ContentType">The media type of the body, without parameters.</param>
internal sealed record ApiCall(
    RouteValueDictionary Route,
    IQueryCollection QueryString,
    byte[] Body,
    string? ContentType,
    IFormFile? File,
    Workspace Workspace,
    bool IsDeaf
)
{
    private ApiQuery? query;

    /// <summary>The journal at the beginning of the call.</summary>
    public Journal Journal { get; init; } = Workspace.Journal;

    public Books Books => Books.Of(Journal);

    public DateOnly Today => Journal.Today;

    public ApiQuery Query => query ??= new(QueryString, TryObject(), IsDeaf);

    /// <summary>The company of the path, which the user may see.</summary>
    public Company Company => CompanyOf(RouteText("companyUuid"));

    public Company CompanyOf(string uuid)
    {
        var company = Guid.TryParse(uuid, out var known)
            ? Journal.Companies.Values.FirstOrDefault(company => company.Uuid == known)
            : null;
        return company is { IsVisible: true }
            ? company
            : throw ApiRefusal.Forbidden("You have no access to this company.");
    }

    /// <summary>The company of the path, where the user has a permission.</summary>
    public Company CompanyWith(string permission)
    {
        var company = Company;
        return company.Allows(permission)
            ? company
            : throw ApiRefusal.Forbidden(
                $"You may not do this in {company.Name}: you lack the permission {permission}."
            );
    }

    public string RouteText(string name) => Route[name] as string ?? "";

    public int RouteNumber(string name) =>
        int.TryParse(RouteText(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiRefusal.BadRequest("The path value is not a whole number.");

    /// <summary>The record of the company that the path names.</summary>
    public T Record<T>(IReadOnlyDictionary<int, T> records, string name, Company company)
        where T : class, ICompanyRecord =>
        records.TryGetValue(RouteNumber(name), out var record) && record.CompanyId == company.Id
            ? record
            : throw ApiRefusal.NotFound();

    /// <summary>The body, which must be a JSON object.</summary>
    public JsonObject Object() => TryObject() ?? throw ApiRefusal.BadRequest("The body is no JSON object.");

    /// <summary>The body if it is a JSON object.</summary>
    public JsonObject? TryObject()
    {
        try
        {
            return Body.Length == 0 ? null : JsonNode.Parse(Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
