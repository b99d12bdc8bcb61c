using System.Text.Json.Nodes;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Import;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Import of bills from data or from a PDF.</summary>
internal static class ImportOperations
{
    private const string General =
        "Send one bill per call. Write dates as YYYY-MM-DD and numbers without thousands separators.";

    private static readonly Dictionary<string, string> Guide = new()
    {
        ["ref_number"] = "Number printed on the bill, as text",
        ["date"] = "Day of the bill, YYYY-MM-DD",
        ["currency"] = "Three-letter currency code",
        ["vendor"] = "Name of the vendor",
        ["details"] = "List of lines",
        ["details[].service"] = "What the line charges for",
        ["details[].quantity"] = "Units on the line, a whole number",
        ["details[].rate"] = "Price of one unit",
    };

    public static ApiAnswer Instructions(ApiCall call)
    {
        if (call.RouteText("type") != "bill")
        {
            throw new ApiRefusal(StatusCodes.Status404NotFound, "No guide for this document type.");
        }

        return ApiAnswer.Ok(
            new JsonObject
            {
                ["attributes"] = new JsonObject(
                    Guide.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))
                ),
                ["general"] = General,
            }
        );
    }

    public static ApiAnswer Create(ApiCall call)
    {
        var company = Target(call);
        if (call.Object()["data"] is not JsonObject data)
        {
            throw ApiRefusal.BadRequest("The body has no object 'data'.");
        }

        var change = BillImport.Add(call.Journal, company, data);
        var key = new DocumentKey(DocumentKind.Bill, change.Bills.Keys.Last());
        var request = new ImportRequest(company.Id, [key], null);
        var id = call.Workspace.Imports.Add(request);
        return Result(change, id, request) with { Change = change };
    }

    public static ApiAnswer CreateByPdf(ApiCall call)
    {
        var company = Target(call);
        var (bytes, fault) = PdfSource.Read(call);
        var change = call.Journal;
        var documents = new List<DocumentKey>();
        try
        {
            if (fault is null)
            {
                change = BillImport.Add(call.Journal, company, PdfBill.Read(bytes));
                documents.Add(new(DocumentKind.Bill, change.Bills.Keys.Last()));
            }
        }
        catch (ApiRefusal refusal)
        {
            // The work goes on in the background, so its failure shows in the import's status.
            fault = refusal.Message;
        }

        var id = call.Workspace.Imports.Add(new(company.Id, documents, fault));
        var answer = new JsonObject { ["request_id"] = id, ["status"] = "queued" };
        return new(
            StatusCodes.Status202Accepted,
            answer,
            documents.Count > 0 ? change : null,
            RetryAfter: 15,
            RequestId: id.ToString()
        );
    }

    public static ApiAnswer Check(ApiCall call)
    {
        var company = call.Company;
        var isId = Guid.TryParse(call.RouteText("requestId"), out var id);
        if (!isId || call.Workspace.Imports.Find(id) is not { } request || request.CompanyId != company.Id)
        {
            throw ApiRefusal.NotFound();
        }

        return request.IsOver()
            ? Result(call.Journal, id, request)
            : new(
                StatusCodes.Status202Accepted,
                new JsonObject { ["request_id"] = id, ["status"] = "processing" },
                RetryAfter: 5,
                RequestId: id.ToString()
            );
    }

    private static Company Target(ApiCall call) =>
        call.RouteText("type") == "bill"
            ? call.CompanyWith(Permissions.EditBills)
            : throw ApiRefusal.BadRequest(
                $"Documents of type '{call.RouteText("type")}' cannot be imported; 'bill' can."
            );

    private static ApiAnswer Result(Journal journal, Guid id, ImportRequest request)
    {
        var answer = new JsonObject
        {
            ["request_id"] = id,
            ["status"] = request.Fault is null ? "done" : "error",
            ["documents"] = Json.Array(
                request.Documents.Select(journal.Find).OfType<Document>(),
                DocumentLinks.Reference
            ),
        };
        if (request.Fault is { } fault)
        {
            answer["message"] = fault;
        }

        return ApiAnswer.Ok(answer) with
        {
            RequestId = id.ToString(),
        };
    }
}
