using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Failures;

/// <summary>Failures in the shapes that public APIs and frameworks answer, in our own words, each with what a model
/// must read of it. The
/// tool takes price, items, name, email, limit and q.</summary>
internal static class FailureShapes
{
    public static IEnumerable<TestCaseData> Json =>
        [
            Of(
                "FastAPI",
                """{"detail":[{"type":"missing","loc":["body","price"],"msg":"Field required","input":{}},{"type":"int_type","loc":["query","limit"],"msg":"Not a number"}]}""",
                "\nprice: Field required\nlimit: Not a number\n"
            ),
            Of(
                "FastAPI, nested",
                """{"detail":[{"loc":["body","items",1,"unit_price"],"msg":"Too low"}]}""",
                "\nitems.1.unit_price: Too low\n"
            ),
            Of("FastAPI, sentence", """{"detail":"No stock left"}""", "It says: No stock left "),
            Of("FastAPI, object", """{"detail":{"code":"E7","message":"No stock left"}}""", "It says: No stock left "),
            Of(
                "Django REST",
                """{"price":["Too low.","No number."],"non_field_errors":["Not both."]}""",
                "It says: Not both. \nprice: Too low.\nprice: No number.\n"
            ),
            Of(
                "Django REST, nested",
                """{"items":[{},{"unit_price":["Too low."]}]}""",
                "\nitems.1.unit_price: Too low.\n"
            ),
            Of("Django REST, list", """[{"price":["Too low."]},{}]""", "\nprice: Too low.\n"),
            Of("Django REST, sentence", """{"detail":"Not found."}""", "It says: Not found. "),
            Of(
                "ASP.NET ModelState",
                """{"Message":"The request is invalid.","ModelState":{"order.Price":["Too low."],"order.Items[0].UnitPrice":["Missing."]}}""",
                "It says: The request is invalid. \nprice: Too low.\nitems.0.unit_price: Missing.\n"
            ),
            Of(
                "ASP.NET problem",
                """{"type":"https://tools.example/400","title":"Validation failed.","status":400,"errors":{"$.price":["No number."],"Name":["Too short."]},"traceId":"00-1"}""",
                "It says: Validation failed. \nprice: No number.\nname: Too short.\n"
            ),
            Of(
                "RFC 9457 with pointers",
                """{"title":"Bad","detail":"Two faults.","errors":[{"detail":"Too low","pointer":"#/price"},{"detail":"Too long","pointer":"#/items/0/unit_price"}]}""",
                "It says: Two faults. \nprice: Too low\nitems.0.unit_price: Too long\n"
            ),
            Of(
                "RFC 7807 invalid-params",
                """{"title":"Invalid.","invalid-params":[{"name":"price","reason":"must be positive"}]}""",
                "It says: Invalid. \nprice: must be positive\n"
            ),
            Of(
                "Xero",
                """{"ErrorNumber":10,"Type":"ValidationException","Message":"A validation exception occurred","Elements":[{"Description":"A lamp","ValidationErrors":[{"Message":"Give an address."}]}]}""",
                "It says: A validation exception occurred \nGive an address.\n"
            ),
            Of(
                "QuickBooks",
                """{"Fault":{"Error":[{"Message":"Invalid Reference Id","Detail":"Names element 5 not found","code":"2500","element":"price"}],"type":"ValidationFault"},"time":"2026-01-01"}""",
                "\nprice: Invalid Reference Id. Names element 5 not found\n"
            ),
            Of(
                "OData 2",
                """{"error":{"code":"SY/530","message":{"lang":"en","value":"Enter a price"},"innererror":{"errordetails":[{"code":"X1","message":"Price is missing","propertyref":"Price","severity":"error"}]}}}""",
                "It says: Enter a price \nprice: Price is missing\n"
            ),
            Of(
                "OData 4",
                """{"error":{"code":"BadRequest","message":"Wrong value","target":"query","details":[{"code":"X","target":"price","message":"Too low"}]}}""",
                "query: Wrong value\nprice: Too low\n"
            ),
            Of(
                "Jira",
                """{"errorMessages":["The issue is closed."],"errors":{"price":"Too low","description":"Too long"}}""",
                "It says: The issue is closed. \nprice: Too low\ndescription: Too long\n"
            ),
            Of(
                "Google",
                """{"error":{"code":400,"message":"Invalid value","status":"INVALID_ARGUMENT","details":[{"@type":"BadRequest","fieldViolations":[{"field":"price","description":"Must be positive"}]}]}}""",
                "It says: Invalid value \nprice: Must be positive\n"
            ),
            Of(
                "Google, older",
                """{"error":{"errors":[{"domain":"global","reason":"invalid","message":"Bad limit","locationType":"parameter","location":"limit"}],"code":400,"message":"Bad request sent"}}""",
                "It says: Bad request sent \nlimit: Bad limit"
            ),
            Of(
                "Salesforce",
                """[{"message":"Required fields are missing","errorCode":"REQUIRED_FIELD_MISSING","fields":["Name","Email"]}]""",
                "\nname, email: Required fields are missing\n"
            ),
            Of("root list of texts", """["Too low","Too late"]""", "It says: Too low \nToo late\n"),
            Of("JSON string", "\"Not while it ships\"", "It says: Not while it ships "),
            Of(
                "JSON:API",
                """{"errors":[{"id":"1","status":"422","title":"Invalid","detail":"Too low","source":{"pointer":"/data/attributes/price"}},{"title":"Bad filter","source":{"parameter":"q"}}]}""",
                "Too low\nq: Bad filter\n"
            ),
            Of(
                "Stripe",
                """{"error":{"type":"card_error","code":"declined","message":"The card was declined.","param":"price"}}""",
                "\nprice: The card was declined.\n"
            ),
            Of(
                "Chargebee",
                """{"message":"price : must be positive","type":"invalid_request","api_error_code":"param_wrong_value","param":"price","error_msg":"must be positive"}""",
                "\nprice: price : must be positive\n"
            ),
            Of(
                "GitHub",
                """{"message":"Validation Failed","errors":[{"resource":"Issue","field":"name","code":"missing_field"}],"documentation_url":"https://docs.example"}""",
                "It says: Validation Failed \nname: missing_field\n"
            ),
            Of(
                "GraphQL",
                """{"errors":[{"message":"Cannot read","path":["shop","price"],"locations":[{"line":2,"column":3}]}]}""",
                "Cannot read\n"
            ),
            Of(
                "Amazon SP-API",
                """{"errors":[{"code":"InvalidInput","message":"Bad marketplace","details":"Use an id of the seller"}]}""",
                "It says: Bad marketplace. Use an id of the seller "
            ),
            Of(
                "AWS",
                """{"__type":"ValidationException","Message":"One error detected"}""",
                "It says: One error detected "
            ),
            Of(
                "Twilio",
                """{"code":21211,"message":"The number is not valid","more_info":"https://www.example/21211","status":400}""",
                "It says: The number is not valid "
            ),
            Of(
                "HubSpot",
                """{"status":"error","message":"Properties were not valid","correlationId":"c-1","errors":[{"message":"bad","in":"email","context":{"propertyName":["email"]}}]}""",
                "It says: Properties were not valid \nemail: bad\n"
            ),
            Of("Slack", """{"ok":false,"error":"channel_not_found"}""", "It says: channel_not_found "),
            Of(
                "Spring",
                """{"timestamp":"2026-01-01","status":400,"error":"Bad Request","path":"/orders","message":"","errors":[{"field":"price","defaultMessage":"must not be null","objectName":"order","codes":["NotNull"]}]}""",
                "It says: Bad Request \nprice: must not be null\n"
            ),
            Of(
                "Zoho",
                """{"data":[{"code":"INVALID_DATA","details":{"api_name":"Email"},"message":"invalid data","status":"error"}]}""",
                "invalid data"
            ),
            Of(
                "NestJS",
                """{"statusCode":400,"message":["name must be a string","price must be positive"],"error":"Bad Request"}""",
                "name must be a string\nprice must be positive\n"
            ),
            Of(
                "express-validator",
                """{"errors":[{"type":"field","msg":"Invalid value","path":"email","location":"body"}]}""",
                "\nemail: Invalid value\n"
            ),
            Of(
                "Zod",
                """{"success":false,"error":{"issues":[{"code":"invalid_type","path":["items",0,"unit_price"],"message":"Required"}],"name":"ZodError"}}""",
                "\nitems.0.unit_price: Required\n"
            ),
            Of(
                "PayPal",
                """{"name":"INVALID_REQUEST","message":"Not well-formed.","debug_id":"d1","details":[{"field":"/items/0/unit_price","issue":"MISSING","description":"A parameter is missing."}],"links":[{"href":"https://x.example"}]}""",
                "It says: Not well-formed. \nitems.0.unit_price: A parameter is missing.\n"
            ),
            Of(
                "Azure",
                """{"error":{"code":"AuthorizationFailed","message":"No right to read.","innererror":{"message":"Ask the owner."}}}""",
                "It says: No right to read. \nAsk the owner.\n"
            ),
            Of(
                "Elasticsearch",
                """{"error":{"root_cause":[{"type":"parsing","reason":"unknown query"}],"type":"parsing","reason":"unknown query"},"status":400}""",
                "It says: unknown query "
            ),
            Of(
                "Kubernetes",
                """{"kind":"Status","message":"The name is invalid","reason":"Invalid","details":{"causes":[{"reason":"FieldValueInvalid","message":"must be lower case","field":"name"}]},"code":422}""",
                "The name is invalid"
            ),
            Of(
                "Walmart",
                """{"errors":{"error":[{"code":"X","field":"price","description":"Wrong price"}]}}""",
                "\nprice: Wrong price\n"
            ),
            Of(
                "eBay",
                """{"errors":[{"errorId":25,"domain":"API","message":"Bad listing","longMessage":"The listing has no price."}]}""",
                "It says: Bad listing. The listing has no price. "
            ),
            Of(
                "Adyen",
                """{"status":422,"errorType":"validation","message":"Not valid","invalidFields":[{"name":"email","message":"is missing"}]}""",
                "It says: Not valid \nemail: is missing\n"
            ),
            Of(
                "Cloudflare",
                """{"success":false,"errors":[{"code":1003,"message":"Invalid zone","error_chain":[{"code":6003,"message":"Too short"}]}],"messages":[],"result":null}""",
                "It says: Invalid zone \nToo short\n"
            ),
            Of(
                "Square",
                """{"errors":[{"category":"INVALID","code":"BAD","detail":"Too low","field":"price"}]}""",
                "\nprice: Too low\n"
            ),
            Of(
                "marshmallow",
                """{"code":422,"status":"Unprocessable","errors":{"json":{"price":["Not a number."]}}}""",
                "\nprice: Not a number.\n"
            ),
            Of("Rails", """{"errors":["Name is taken"]}""", "It says: Name is taken "),
            Of("Shopify", """{"errors":"Not today"}""", "It says: Not today "),
            Of(
                "Shopify, fields",
                """{"errors":{"name":["is taken"],"base":["Close it first"]}}""",
                "\nname: is taken\nClose it first\n"
            ),
            Of(
                "WooCommerce",
                """{"code":"rest_invalid_param","message":"Invalid parameter","data":{"status":400,"params":{"price":"price is no number"}}}""",
                "It says: Invalid parameter \nprice: price is no number\n"
            ),
            Of(
                "FHIR",
                """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","diagnostics":"A name is needed","expression":["name"]}]}""",
                "\nname: A name is needed\n"
            ),
            Of(
                "Okta",
                """{"errorCode":"E1","errorSummary":"Api validation failed","errorCauses":[{"errorSummary":"email: taken"}]}""",
                "It says: Api validation failed \nemail: taken\n"
            ),
            Of(
                "Symfony",
                """{"title":"An error occurred","detail":"email: is no address","violations":[{"propertyPath":"email","title":"is no address"}]}""",
                "It says: email: is no address \nemail: is no address\n"
            ),
            Of(
                "RFC 6749",
                """{"error":"invalid_scope","error_description":"No such scope."}""",
                "It says: No such scope. "
            ),
            Of("any text", """{"note":"Closed until Monday","id":"7c1e"}""", "It says: note: Closed until Monday "),
            Of("a code alone", """{"code":"STOCK_LOCKED","requestId":"r-1"}""", "It says: STOCK_LOCKED "),
        ];

    public static IEnumerable<TestCaseData> Texts =>
        [
            Of("plain text", "text/plain", "No stock left", "It says: No stock left "),
            Of("plain text of another type", "application/json", "Invalid token", "It says: Invalid token "),
            Of(
                "plain text with a stack",
                "text/plain",
                "Price is null\n   at Shop.Order.Check(Order order) in /src/Order.cs:line 3",
                "It says: Price is null "
            ),
            Of(
                "S3",
                "application/xml",
                "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access &amp; more denied</Message><RequestId>1</RequestId></Error>",
                "It says: Access & more denied "
            ),
            Of(
                "SOAP",
                "text/xml",
                "<s:Envelope xmlns:s=\"http://x\"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang=\"en\">Bad order</faultstring></s:Fault></s:Body></s:Envelope>",
                "It says: Bad order "
            ),
            Of(
                "XML with CDATA",
                "application/xml",
                "<r><message><![CDATA[Too < low]]></message></r>",
                "It says: Too < low "
            ),
            Of(
                "XML of any names",
                "application/xml",
                "<r><outcome>Closed until Monday</outcome></r>",
                "It says: outcome: Closed until Monday "
            ),
            Of("a web page", "text/html", "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>", ""),
            Of("an empty object", "application/json", "{}", ""),
            Of("broken JSON", "application/json", "{\"message\":\"Too", ""),
            Of("bytes", "application/octet-stream", "No stock left", ""),
        ];

    private static TestCaseData Of(string name, string json, string expected) =>
        Of(name, "application/json", json, expected);

    private static TestCaseData Of(string name, string type, string body, string expected) =>
        new TestCaseData(type, body, expected).SetArgDisplayNames(name);
}
