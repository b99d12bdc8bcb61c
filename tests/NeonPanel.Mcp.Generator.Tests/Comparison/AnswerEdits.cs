using static NeonPanel.Mcp.Generator.Tests.Comparison.EditedPaths;
using static NeonPanel.Mcp.Generator.Tests.Comparison.SpecificationEdit;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Edits of answers.</summary>
internal static class AnswerEdits
{
    public static readonly Edit[] All =
    [
        new(
            "member removed",
            spec => spec.Members("VendorResource").Remove("name"),
            "risky breaking answer-member-removed vendors_list data[].name"
        ),
        new(
            "member added",
            spec => spec.Members("VendorResource")["vat_id"] = Json("""{"type":"string"}"""),
            "additive compatible answer-member-added vendors_list data[].vat_id"
        ),
        new(
            "member became nullable",
            spec => spec.Member("VendorResource", "id")["type"] = Json("""["integer","null"]"""),
            "risky compatible answer-nullable vendors_list data[].id"
        ),
        new(
            "promised member became nullable",
            spec => spec.Member("VendorResource", "id")["type"] = Json("""["integer","null"]"""),
            "risky breaking answer-nullable vendors_list data[].id"
        )
        {
            Before = spec => spec.Schema("VendorResource")["required"] = Json("""["id"]"""),
        },
        new(
            "promised member may be missing",
            spec => spec.Schema("VendorResource").Remove("required"),
            "risky breaking answer-optional vendors_list data[].id"
        )
        {
            Before = spec => spec.Schema("VendorResource")["required"] = Json("""["id"]"""),
        },
        new(
            "few members by default",
            spec => Brief(spec, """["data.id"]"""),
            "risky compatible brief-changed vendors_list",
            "risky compatible description-changed vendors_list fields"
        )
        {
            Before = Fields,
        },
        new(
            "member left the default",
            spec => Brief(spec, """["data.id"]"""),
            "risky compatible brief-changed vendors_list"
        )
        {
            Before = spec =>
            {
                Fields(spec);
                Brief(spec, """["data.id","data.name"]""");
            },
        },
        new(
            "member joined the default",
            spec => Brief(spec, """["data.name","data.id"]"""),
            "additive compatible brief-changed vendors_list"
        )
        {
            Before = spec =>
            {
                Fields(spec);
                Brief(spec, """["data.id"]""");
            },
        },
        new(
            "all members by default again",
            spec => spec.Operation(Vendors).Remove("x-mcp"),
            "additive compatible brief-changed vendors_list",
            "risky compatible description-changed vendors_list fields"
        )
        {
            Before = spec =>
            {
                Fields(spec);
                Brief(spec, """["data.id"]""");
            },
        },
        new(
            "member is promised",
            spec => spec.Schema("VendorResource")["required"] = Json("""["id"]"""),
            "additive breaking answer-required vendors_list data[].id"
        ),
        new(
            "type changed",
            spec => spec.Member("VendorResource", "id")["type"] = "string",
            "risky breaking answer-type-changed vendors_list data[].id"
        ),
        new(
            "type narrowed",
            spec => spec.Member("VendorResource", "id")["type"] = "integer",
            "additive breaking answer-type-narrowed vendors_list data[].id"
        )
        {
            Before = spec => spec.Member("VendorResource", "id")["type"] = "number",
        },
        new(
            "possible value added",
            spec => spec.Schema("ImportStatus")["enum"]!.AsArray().Add("paused"),
            "risky compatible answer-enum-widened checkImportProcessing status",
            "risky compatible answer-enum-widened createDocuments status",
            "risky compatible answer-enum-widened createDocumentsByPdf status"
        ),
        new(
            "possible value dropped",
            spec => spec.Schema("ImportStatus")["enum"]!.AsArray().RemoveAt(0),
            "additive compatible answer-enum-narrowed checkImportProcessing status",
            "additive compatible answer-enum-narrowed createDocuments status",
            "additive compatible answer-enum-narrowed createDocumentsByPdf status"
        ),
        new(
            "date became a timestamp",
            spec =>
                spec.Schema("InventoryDetailsResponse")["properties"]!["balances_data"]!["properties"]![
                    "balances_date"
                ]!["format"] = "date-time",
            "risky compatible answer-format-changed inventoryBalances balances_data.balances_date"
        ),
        new(
            "answer gone",
            spec => spec.Operation(Vendors)["responses"]!.AsObject()["200"]!.AsObject().Remove("content"),
            "risky breaking answer-replaced vendors_list"
        ),
        new(
            "answer became a list",
            spec =>
                spec.Operation(Vendors)["responses"]!["200"]!["content"]!["application/json"]!["schema"] = Json(
                    """{"type":"array","items":{"$ref":"#/components/schemas/VendorResource"}}"""
                ),
            "risky breaking answer-replaced vendors_list"
        ),
        new(
            "name of a type changed",
            spec =>
            {
                spec.Root["components"]!["schemas"]!["Supplier"] = spec.Schema("VendorResource").DeepClone();
                spec.Member("VendorListResponse", "data")["items"] = Json(
                    """{"$ref":"#/components/schemas/Supplier"}"""
                );
            },
            "additive breaking type-renamed VendorResource"
        ),
    ];

    private static void Fields(SpecificationEdit spec) => spec.Root["x-mcp"] = Json("""{"fields":true}""");

    private static void Brief(SpecificationEdit spec, string paths) =>
        spec.Operation(Vendors)["x-mcp"] = Json($$"""{"brief":{{paths}} }""");
}
