using static NeonPanel.Mcp.Generator.Tests.Comparison.EditedPaths;
using static NeonPanel.Mcp.Generator.Tests.Comparison.SpecificationEdit;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>Edits of arguments.</summary>
internal static class ArgumentEdits
{
    public static readonly Edit[] All =
    [
        new(
            "argument removed",
            spec => spec.RemoveParameter(Bills, "search"),
            "breaking breaking argument-removed bills_list search"
        ),
        new(
            "argument renamed",
            spec => spec.Parameter(Balances, "balances_date")["name"] = "date",
            "breaking breaking argument-renamed inventoryBalances balances_date"
        ),
        new(
            "placeholder renamed",
            spec =>
            {
                spec.Parameter(Balances, "inventoryId")["name"] = "item";
                spec.Move(Balances, "./inventory-items/{item}/balances");
            },
            "breaking breaking argument-renamed inventoryBalances inventoryId"
        ),
        new(
            "argument replaced by another",
            spec =>
            {
                spec.RemoveParameter(Bills, "search");
                spec.Parameters(Bills).Add(Json("""{"name":"currency","in":"query","schema":{"type":"integer"}}"""));
            },
            "additive compatible argument-added bills_list currency",
            "breaking breaking argument-removed bills_list search"
        ),
        new(
            "optional argument added",
            spec => spec.Parameters(Bills).Add(Json("""{"name":"currency","in":"query","schema":{"type":"string"}}""")),
            "additive compatible argument-added bills_list currency"
        ),
        new(
            "required argument added",
            spec =>
                spec.Parameters(Bills)
                    .Add(Json("""{"name":"currency","in":"query","required":true,"schema":{"type":"string"}}""")),
            "breaking breaking required-argument-added bills_list currency"
        ),
        new(
            "optional argument became required",
            spec => spec.Parameter(Bills, "search")["required"] = true,
            "breaking breaking argument-required bills_list search"
        ),
        new(
            "required argument became optional",
            spec => spec.Parameter(Revenue, "start_date")["required"] = false,
            "additive compatible argument-optional revenueAndCogsSummary start_date"
        ),
        new(
            "member of a body removed",
            spec => spec.Members("BillPayload").Remove("market"),
            "breaking breaking argument-removed bills_create market",
            "breaking breaking argument-removed bills_update market"
        ),
        new(
            "member of a body added",
            spec => spec.Members("BillPayload")["memo"] = Json("""{"type":"string"}"""),
            "additive compatible argument-added bills_create memo",
            "additive compatible argument-added bills_update memo"
        ),
        new(
            "member of a body became required",
            spec => spec.Schema("BillPayload")["required"] = Json("""["ref_number"]"""),
            "breaking breaking argument-required bills_create ref_number",
            "breaking breaking argument-required bills_update ref_number"
        ),
        new(
            "member deep inside removed",
            spec =>
            {
                spec.Members("BillDetailInput").Remove("rate");
                spec.Schema("BillDetailInput")["required"] = Json("""["service_id","quantity"]""");
            },
            "breaking breaking argument-removed bills_create details[].rate",
            "breaking breaking argument-removed bills_update details[].rate"
        ),
        new(
            "member deep inside renamed",
            spec =>
            {
                spec.Members("BillDetailInput")["serviceId"] = spec.Member("BillDetailInput", "service_id").DeepClone();
                spec.Members("BillDetailInput").Remove("service_id");
                spec.Schema("BillDetailInput")["required"] = Json("""["serviceId","quantity","rate"]""");
            },
            "breaking breaking argument-renamed bills_create details[].service_id",
            "breaking breaking argument-renamed bills_update details[].service_id"
        ),
        new(
            "member deep inside added and required",
            spec =>
            {
                spec.Members("BillDetailInput")["tax_id"] = Json("""{"type":"integer"}""");
                spec.Schema("BillDetailInput")["required"] = Json("""["service_id","quantity","rate","tax_id"]""");
            },
            "breaking breaking required-argument-added bills_create details[].tax_id",
            "breaking breaking required-argument-added bills_update details[].tax_id"
        ),
        new(
            "type changed",
            spec => spec.ParameterSchema(Balances, "inventoryId")["type"] = "string",
            "breaking breaking type-changed inventoryBalances inventoryId"
        ),
        new(
            "type narrowed",
            spec => spec.Member("BillDetailInput", "rate")["type"] = "integer",
            "breaking breaking type-changed bills_create details[].rate",
            "breaking breaking type-changed bills_update details[].rate"
        ),
        new(
            "type widened",
            spec => spec.Member("BillDetailInput", "service_id")["type"] = "number",
            "additive breaking type-widened bills_create details[].service_id",
            "additive breaking type-widened bills_update details[].service_id"
        ),
        new(
            "type of the items changed",
            spec => spec.ParameterSchema(Bills, "vendors")["items"]!["type"] = "string",
            "breaking breaking type-changed bills_list vendors[]"
        ),
        new(
            "type dropped",
            spec => spec.ParameterSchema(Bills, "search").Remove("type"),
            "additive breaking type-widened bills_list search"
        ),
        new(
            "allowed value removed",
            spec => spec.ParameterSchema(Revenue, "periodicity")["enum"] = Json("""["total","monthly","quarterly"]"""),
            "breaking compatible enum-narrowed revenueAndCogsSummary periodicity"
        ),
        new(
            "allowed value added",
            spec => spec.ParameterSchema(Revenue, "periodicity")["enum"]!.AsArray().Add("weekly"),
            "additive compatible enum-widened revenueAndCogsSummary periodicity"
        ),
        new(
            "allowed value replaced",
            spec =>
                spec.ParameterSchema(Revenue, "periodicity")["enum"] = Json(
                    """["total","annual","monthly","quarterly"]"""
                ),
            "additive compatible enum-widened revenueAndCogsSummary periodicity",
            "breaking compatible enum-narrowed revenueAndCogsSummary periodicity"
        ),
        new(
            "free text got allowed values",
            spec => spec.ParameterSchema(Bills, "search")["enum"] = Json("""["a"]"""),
            "breaking compatible enum-narrowed bills_list search"
        ),
        new(
            "allowed values dropped",
            spec => spec.ParameterSchema(Revenue, "periodicity").Remove("enum"),
            "additive compatible enum-widened revenueAndCogsSummary periodicity"
        ),
        new(
            "value of items removed",
            spec => spec.ParameterSchema(Revenue, "grouping")["items"]!["enum"] = Json("""["company","country"]"""),
            "breaking compatible enum-narrowed revenueAndCogsSummary grouping[]"
        ),
        new(
            "maximum lowered",
            spec => spec.ParameterSchema(Companies, "per_page")["maximum"] = 50,
            "breaking compatible limit-tightened listCompanies per_page"
        ),
        new(
            "maximum raised",
            spec => spec.ParameterSchema(Companies, "per_page")["maximum"] = 100,
            "additive compatible limit-loosened listCompanies per_page"
        ),
        new(
            "maximum dropped",
            spec => spec.ParameterSchema(Companies, "per_page").Remove("maximum"),
            "additive compatible limit-loosened listCompanies per_page"
        ),
        new(
            "minimum raised",
            spec => spec.ParameterSchema(Companies, "page")["minimum"] = 2,
            "breaking compatible limit-tightened listCompanies page"
        ),
        new(
            "minimum excluded",
            spec =>
            {
                spec.ParameterSchema(Companies, "page").Remove("minimum");
                spec.ParameterSchema(Companies, "page")["exclusiveMinimum"] = 1;
            },
            "breaking compatible limit-tightened listCompanies page"
        ),
        new(
            "longest text shortened",
            spec => spec.ParameterSchema(Bills, "search")["maxLength"] = 20,
            "breaking compatible limit-tightened bills_list search"
        ),
        new(
            "shortest text lengthened",
            spec => spec.Member("BillPayload", "name")["minLength"] = 4,
            "breaking compatible limit-tightened bills_create name",
            "breaking compatible limit-tightened bills_update name"
        ),
        new(
            "list limited",
            spec => spec.ParameterSchema(Bills, "vendors")["maxItems"] = 10,
            "breaking compatible limit-tightened bills_list vendors"
        ),
        new(
            "list must be unique",
            spec => spec.ParameterSchema(Bills, "vendors")["uniqueItems"] = true,
            "breaking compatible limit-tightened bills_list vendors"
        ),
        new(
            "most members lowered",
            spec => spec.Member("BillPayload", "tags")["maxProperties"] = 2,
            "breaking compatible limit-tightened bills_create tags",
            "breaking compatible limit-tightened bills_update tags"
        )
        {
            Before = spec => spec.Members("BillPayload")["tags"] = Json("""{"type":"object","maxProperties":50}"""),
        },
        new(
            "fewest members raised",
            spec => spec.Member("BillPayload", "tags")["minProperties"] = 2,
            "breaking compatible limit-tightened bills_create tags",
            "breaking compatible limit-tightened bills_update tags"
        )
        {
            Before = spec => spec.Members("BillPayload")["tags"] = Json("""{"type":"object"}"""),
        },
        new(
            "fewest members dropped",
            spec => spec.Member("BillPayload", "tags").Remove("minProperties"),
            "additive compatible limit-loosened bills_create tags",
            "additive compatible limit-loosened bills_update tags"
        )
        {
            Before = spec => spec.Members("BillPayload")["tags"] = Json("""{"type":"object","minProperties":1}"""),
        },
        new(
            "pattern added",
            spec => spec.ParameterSchema(Bills, "search")["pattern"] = "^[a-z]+$",
            "breaking compatible limit-tightened bills_list search"
        ),
        new(
            "pattern dropped",
            spec => spec.ParameterSchema(Bills, "search").Remove("pattern"),
            "additive compatible limit-loosened bills_list search"
        )
        {
            Before = spec => spec.ParameterSchema(Bills, "search")["pattern"] = "^[a-z]+$",
        },
        new(
            "multiple demanded",
            spec => spec.ParameterSchema(Companies, "per_page")["multipleOf"] = 10,
            "breaking compatible limit-tightened listCompanies per_page"
        ),
        new(
            "format added",
            spec => spec.ParameterSchema(Balances, "companyUuid")["format"] = "uuid",
            "breaking compatible format-tightened inventoryBalances companyUuid"
        ),
        new(
            "format dropped",
            spec => spec.ParameterSchema(Bills, "start_date").Remove("format"),
            "additive compatible format-loosened bills_list start_date"
        ),
        new("number of bits changed", spec => spec.ParameterSchema(Balances, "inventoryId")["format"] = "int64"),
        new(
            "null no longer taken where it may be left out",
            spec => spec.Member("BillPayload", "vendor_id")["type"] = "integer",
            "risky compatible null-lost bills_create vendor_id",
            "risky compatible null-lost bills_update vendor_id"
        ),
        new(
            "null no longer taken where it is required",
            spec => spec.Member("BillDetailInput", "rate")["type"] = "number",
            "breaking breaking null-lost bills_create details[].rate",
            "breaking breaking null-lost bills_update details[].rate"
        )
        {
            Before = spec => spec.Member("BillDetailInput", "rate")["type"] = Json("""["number","null"]"""),
        },
        new(
            "null taken too",
            spec => spec.Member("BillDetailInput", "rate")["type"] = Json("""["number","null"]"""),
            "additive compatible null-allowed bills_create details[].rate",
            "additive compatible null-allowed bills_update details[].rate"
        ),
        new(
            "unknown members refused",
            spec => spec.Schema("BillDetailInput")["additionalProperties"] = false,
            "breaking compatible members-refused bills_create details[]",
            "breaking compatible members-refused bills_update details[]"
        ),
        new(
            "default changed",
            spec => spec.ParameterSchema(Revenue, "periodicity")["default"] = "monthly",
            "risky compatible default-changed revenueAndCogsSummary periodicity"
        ),
        new(
            "default dropped",
            spec => spec.ParameterSchema(Companies, "per_page").Remove("default"),
            "risky compatible default-changed listCompanies per_page"
        ),
        new(
            "default of a body changed",
            spec => spec.BodyMember(Forecasts, "put", "default_planned_po_frequency")["default"] = 60,
            "risky compatible default-changed updateCompanyForecastingSettings default_planned_po_frequency"
        ),
        new(
            "text of an argument changed",
            spec => spec.Parameter(Bills, "search")["description"] = "Other words.",
            "risky compatible description-changed bills_list search"
        ),
        new(
            "argument deprecated",
            spec => spec.Parameter(Bills, "search")["deprecated"] = true,
            "risky compatible argument-deprecated bills_list search"
        ),
        new("argument moved from the query to a header", spec => spec.Parameter(Bills, "search")["in"] = "header"),
        new(
            "renamed and a limit tightened",
            spec =>
            {
                spec.Operation(Companies)["operationId"] = "companies.list";
                spec.ParameterSchema(Companies, "per_page")["maximum"] = 50;
            },
            "breaking breaking operation-moved listCompanies",
            "breaking compatible limit-tightened listCompanies per_page"
        ),
        new(
            "widened for some, tightened for others",
            spec =>
            {
                spec.ParameterSchema(Companies, "per_page")["maximum"] = 100;
                spec.Parameter(Bills, "search")["required"] = true;
                spec.Operation(Vendors)["description"] = "Other words.";
            },
            "additive compatible limit-loosened listCompanies per_page",
            "breaking breaking argument-required bills_list search",
            "risky compatible description-changed vendors_list"
        ),
    ];
}
