using NeonPanel.Mcp.Ledger.Records;
using NeonPanel.Mcp.Sandbox.Api.Answers;

namespace NeonPanel.Mcp.Sandbox.Api.Requests;

/// <summary>The date that closes a company's older books.</summary>
internal static class EntryLock
{
    /// <summary>Rejects a document that is dated before the Entry Locked Date, or would be moved out of the closed
    /// books.</summary>
    public static void Check(Company company, params IReadOnlyList<DateOnly?> days)
    {
        if (days.FirstOrDefault(day => day < company.EntryLockedDate) is { } day)
        {
            throw ApiRefusal.BadRequest(
                $"{Json.Text(day)} is before the Entry Locked Date of {company.Name}, {Json.Text(company.EntryLockedDate)}."
            );
        }
    }
}
