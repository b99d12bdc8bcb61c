using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;
using NeonPanel.Mcp.Sandbox.Api.Requests;

namespace NeonPanel.Mcp.Sandbox.Api.Operations;

/// <summary>Payment requests.</summary>
internal static class PaymentOperations
{
    public static ApiAnswer List(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.ViewBills);
        var start = call.Query.Day("start_date");
        var end = call.Query.Day("end_date");
        // A request without a due date is in no span, and at the end of the whole list.
        var requests = call
            .Journal.PaymentRequests.Values.Where(request => request.CompanyId == company.Id)
            .Where(request => (start is null || request.DueDate >= start) && (end is null || request.DueDate <= end))
            .OrderBy(request => request.DueDate ?? DateOnly.MaxValue)
            .ThenBy(request => request.Id);
        return ApiAnswer.FilteredPage(call, PageSizes.Payments, [.. requests], request =>
            DocumentJson.PaymentWithDocument(call.Journal, request)
        );
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var company = call.CompanyWith(Permissions.EditBills);
        var before = call.Record(call.Journal.PaymentRequests, "paymentId", company);
        var errors = new FieldErrors();
        var payload = new Payload(call.Object(), call.Journal, company, errors);
        var request = before with
        {
            PaidAmount = payload.Amount("paid_amount", before.PaidAmount),
            PaymentDate = payload.Day("payment_date", before.PaymentDate),
            TransactionNumber = payload.Text("transaction_number", before.TransactionNumber),
            Memo = payload.Text("memo", before.Memo),
        };
        errors.ThrowIfAny();
        var change = Payments.Put(call.Journal, request);
        return ApiAnswer.Ok(DocumentJson.PaymentWithDocument(change, request), change);
    }
}
