using System.Text.Json.Nodes;
using static NeonPanel.Mcp.Generator.Tests.Comparison.SpecificationEdit;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The edits, written down before the comparison was: class for an agent, class for a typed caller,
/// kind.</summary>
internal static class EditTable
{
    private const string Bills = "./bills";
    private const string Vendors = "./vendors";
    private const string Revenue = "/api/v1/revenue-and-cogs";
    private const string Companies = "/api/v1/companies";
    private const string Balances = "./inventory-items/{inventoryId}/balances";
    private const string Forecasts = "./settings/forecasts";

    public static readonly Edit[] Tools =
    [
        new(
            "operation removed",
            spec => spec.Item(Vendors).Remove("get"),
            "breaking breaking tool-removed vendors_list"
        ),
        new(
            "operation added",
            spec =>
                spec.Item(Vendors)["head"] = Json(
                    """{"operationId":"vendors.probe","summary":"Probe","responses":{}}"""
                ),
            "additive compatible tool-added vendors_probe"
        ),
        new(
            "operation id changed",
            spec => spec.Operation(Bills)["operationId"] = "bills.index",
            "breaking breaking operation-moved bills_list"
        ),
        new(
            "path changed",
            spec => spec.Move(Vendors, "./suppliers"),
            "breaking compatible operation-moved vendors_list"
        ),
        new(
            "path and operation id changed",
            spec =>
            {
                spec.Move(Balances, "./inventory-items/{inventoryId}/stock");
                spec.Operation("./inventory-items/{inventoryId}/stock")["operationId"] = "inventoryStock";
            },
            "breaking breaking operation-moved inventoryBalances"
        ),
        new(
            "two operations swap their paths",
            spec =>
            {
                var (vendors, services) = (spec.Item(Vendors), spec.Item("./services"));
                spec.Paths.Remove(Path(Vendors));
                spec.Paths.Remove(Path("./services"));
                (spec.Paths[Path(Vendors)], spec.Paths[Path("./services")]) = (services, vendors);
            },
            "breaking compatible tool-reassigned services_list",
            "breaking compatible tool-reassigned vendors_list"
        ),
        new(
            "another operation in place of a removed one",
            spec =>
            {
                spec.Item(Vendors).Remove("get");
                spec.Paths[Path("./audit")] = Json(
                    """{"get":{"operationId":"audit.list","summary":"Audit","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"entries":{"type":"array","items":{"type":"string"}}}}}}}}}}"""
                );
            },
            "additive compatible tool-added audit_list",
            "breaking breaking tool-removed vendors_list"
        ),
        new(
            "path changed and argument removed",
            spec =>
            {
                spec.RemoveParameter(Vendors, "search");
                spec.Move(Vendors, "./suppliers");
            },
            "breaking breaking argument-removed vendors_list search",
            "breaking compatible operation-moved vendors_list"
        ),
        new(
            "GET became POST",
            spec =>
            {
                var item = spec.Item("/api/v1/sales-channels");
                var operation = item["get"];
                item.Remove("get");
                item["post"] = operation;
            },
            "breaking compatible operation-moved salesChannels_list",
            "breaking compatible read-only-lost salesChannels_list"
        ),
        new(
            "PUT became PATCH",
            spec =>
            {
                var item = spec.Item("./bills/{billId}");
                var operation = item["put"];
                item.Remove("put");
                item["patch"] = operation;
            },
            "breaking compatible operation-moved bills_update",
            "risky compatible hint-changed bills_update destructiveHint",
            "risky compatible hint-changed bills_update idempotentHint"
        ),
        new(
            "tag changed",
            spec => spec.Operation("/api/v1/sales-channels")["tags"] = Json("""["Channels"]"""),
            "additive breaking client-renamed salesChannels_list"
        ),
        new(
            "scope needed",
            spec => spec.Operation(Bills)["security"] = Json("""[{"OAuth2":["openid","bills"]}]"""),
            "breaking compatible scope-added bills_list bills"
        ),
        new(
            "scope no longer needed",
            spec => spec.Operation(Bills)["security"] = Json("[]"),
            "additive compatible scope-removed bills_list openid"
        ),
        new(
            "description changed",
            spec => spec.Operation(Bills)["description"] = "Other words.",
            "risky compatible description-changed bills_list"
        ),
        new(
            "title changed",
            spec => spec.Operation(Bills)["summary"] = "Other words",
            "risky compatible title-changed bills_list"
        ),
        new(
            "operation deprecated",
            spec => spec.Operation(Vendors)["deprecated"] = true,
            "risky compatible description-changed vendors_list",
            "risky compatible tool-deprecated vendors_list"
        ),
        new(
            "server changed",
            spec =>
            {
                spec.Root["servers"]![0]!["url"] = "https://api.neonpanel.example";
                spec.Root["components"]!["securitySchemes"] = Json(
                    spec.Root["components"]!["securitySchemes"]!
                        .ToJsonString()
                        .Replace("https://my.neonpanel.com", "https://api.neonpanel.example", StringComparison.Ordinal)
                );
            },
            "risky compatible server-changed"
        ),
        new(
            "text beyond the budget",
            spec =>
                spec.Parameter(Bills, "search")["description"] = string.Concat(
                    Enumerable.Repeat("One more word. ", 400)
                ),
            "risky compatible description-changed bills_list search",
            "risky compatible over-budget",
            "risky compatible over-budget bills_list"
        ),
    ];

    public static readonly Edit[] Arguments =
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

    public static readonly Edit[] Answers =
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

    public static readonly Edit[] Nothing =
    [
        new("nothing", _ => { }),
        new("version changed", spec => spec.Root["info"]!["version"] = "9.9"),
        new("texts that no tool shows", spec =>
        {
            spec.Root["info"]!["description"] = "Other words.";
            spec.Operation(Vendors)["responses"]!["200"]!["description"] = "Other words.";
            spec.Member("VendorResource", "name")["description"] = "Other words.";
            spec.Root["tags"]![0]!["description"] = "Other words.";
        }),
        new("examples changed", spec => spec.Member("VendorResource", "name")["example"] = "Other words."),
        new("an answer to a failure added", spec =>
            spec.Operation(Companies)["responses"]!["418"] = Json("""{"description":"No."}""")
        ),
        new("unknown member added", spec => spec.Operation(Companies)["x-anything"] = true),
        new("reference written out", spec =>
        {
            var parameters = spec.Parameters(Vendors);
            parameters[0] = spec.Root["components"]!["parameters"]!["companyUuid"]!.DeepClone();
        }),
        new("parameter moved to the path", spec =>
        {
            var parameter = spec.Parameter(Companies, "page");
            spec.Parameters(Companies).Remove(parameter);
            spec.Item(Companies)["parameters"] = new JsonArray(parameter);
        }),
        new("schema put together with allOf", spec =>
        {
            var name = spec.Member("VendorResource", "name").DeepClone();
            spec.Members("VendorResource")["name"] = new JsonObject { ["allOf"] = new JsonArray(name) };
        }),
        new("members of every object in another order", spec => Shuffle(spec.Root)),
        new("parameters, required and allowed values in another order", spec => Reverse(spec.Root)),
    ];

    /// <summary>The first edit of a name.</summary>
    public static Edit Find(string name) =>
        new[] { Tools, Arguments, Answers, Nothing }.SelectMany(edits => edits).First(edit => edit.Name == name);

    private static void Shuffle(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var members = map.ToList();
                map.Clear();
                foreach (var (name, value) in Enumerable.Reverse(members))
                {
                    Shuffle(value);
                    map[name] = value;
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Shuffle(item);
                }

                break;
        }
    }

    private static void Reverse(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    Reverse(value);
                    if (value is JsonArray list && name is "parameters" or "required" or "enum")
                    {
                        map[name] = new JsonArray([.. value!.AsArray().Reverse().Select(item => item?.DeepClone())]);
                    }
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Reverse(item);
                }

                break;
        }
    }
}
