using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Products and listings.</summary>
internal static class ProductOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.ViewInventory);
        var id = call.Query.Number("id");
        var sku = call.Query.Text("sku");
        var search = call.Query.Text("search");
        var products = call.Journal.Products.Values.Where(product =>
            product.CompanyId == company.Id
            && !product.IsDeleted
            && (id ?? product.Id) == product.Id
            && Search.Is(sku, product.Sku)
            && Search.Matches(search, product.Sku, product.Name, product.ParentSku)
        );
        return ApiAnswer.Page(call, PageSizes.Products, [.. products], CatalogJson.Product);
    }

    // No body is declared, so none must come; the members of an answer are read where they do.
    public static ApiAnswer Create(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditInventory);
        var id = Journal.NextId(call.Journal.Products);
        return Save(call, company, new(id, company.Id, $"NEW-{id}", null, "New product", null, null, null, null, null));
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditInventory);
        return Save(call, company, Find(call, company));
    }

    public static ApiAnswer Delete(ApiCall call)
    {
        var product = Find(call, call.CompanyWith(Permissions.EditInventory));
        if (call.Journal.Assemblies.Values.Any(assembly => call.Journal.Items[assembly.ItemId].ProductId == product.Id))
        {
            // The answer that the operation declares for this status.
            return new(
                StatusCodes.Status403Forbidden,
                new JsonObject { ["success"] = false, ["message"] = "This product is still in use." }
            );
        }

        return ApiAnswer.NoContent(
            call.Journal with
            {
                Products = call.Journal.Products.SetItem(product.Id, product with { IsDeleted = true }),
            }
        );
    }

    public static ApiAnswer Listings(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.ViewInventory);
        var id = call.Query.Number("id");
        var asin = call.Query.Text("asin");
        var search = call.Query.Text("search");
        var listings = call.Journal.Listings.Values.Where(listing =>
            listing.CompanyId == company.Id
            && (id ?? listing.Id) == listing.Id
            && Search.Is(asin, listing.Asin)
            && Search.Matches(search, listing.Asin, listing.Title)
        );
        return ApiAnswer.Page(call, PageSizes.Products, [.. listings], CatalogJson.Listing);
    }

    public static ApiAnswer SyncListing(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditInventory);
        return ApiAnswer.Ok(CatalogJson.Listing(call.Record(call.Journal.Listings, "listingId", company)));
    }

    private static Product Find(ApiCall call, Company company)
    {
        var product = call.Record(call.Journal.Products, "productId", company);
        return product.IsDeleted ? throw ApiRefusal.NotFound() : product;
    }

    private static ApiAnswer Save(ApiCall call, Company company, Product before)
    {
        var errors = new FieldErrors();
        var payload = new Payload(call.TryObject() ?? [], call.Journal, company, errors);
        var product = before with
        {
            Sku = payload.Text("sku", before.Sku),
            ParentSku = payload.Text("parent_sku", before.ParentSku),
            Name = payload.Text("name", before.Name),
            Image = payload.Text("image", before.Image),
            Weight = payload.Amount("weight", before.Weight),
            Length = payload.Amount("length", before.Length),
            Height = payload.Amount("height", before.Height),
            Depth = payload.Amount("depth", before.Depth),
        };
        errors.ThrowIfAny();
        var change = call.Journal with { Products = call.Journal.Products.SetItem(product.Id, product) };
        return ApiAnswer.Ok(CatalogJson.Product(product), change);
    }
}
