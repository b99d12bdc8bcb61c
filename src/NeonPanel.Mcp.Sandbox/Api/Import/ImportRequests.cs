using System.Collections.Concurrent;
using NeonPanel.Mcp.Ledger;

namespace NeonPanel.Mcp.Sandbox.Api.Import;

/// <summary>The imports of one subject.</summary>
internal sealed class ImportRequests
{
    private readonly ConcurrentDictionary<Guid, ImportRequest> requests = new();

    /// <param name="journal">Holds the bill of the specification's example, which was imported before.</param>
    public ImportRequests(Journal journal)
    {
        if (journal.Bills.TryGetValue(911, out var bill))
        {
            requests[new("2d9b6f04-7a51-4c38-b6e2-f51c0a94d873")] = new(bill.CompanyId, [bill.Key], null);
        }
    }

    public ImportRequest? Find(Guid id) => requests.GetValueOrDefault(id);

    public Guid Add(ImportRequest request)
    {
        var id = Guid.NewGuid();
        requests[id] = request;
        return id;
    }
}

/// <summary>An import.</summary>
/// <param name="Documents">The documents that it made.</param>
/// <param name="Fault">Why it ended as an error; <see langword="null"/> if it is done.</param>
internal sealed record ImportRequest(int CompanyId, IReadOnlyList<DocumentKey> Documents, string? Fault)
{
    /// <summary>Polls that answer <c>processing</c>.</summary>
    public const int PendingPolls = 2;

    private int polls;

    /// <summary>Counts a poll; returns whether the import is over.</summary>
    public bool IsOver() => Interlocked.Increment(ref polls) > PendingPolls;
}
