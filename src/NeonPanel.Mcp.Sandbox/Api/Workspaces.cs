using System.Collections.Concurrent;
using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Ledger.Generation;
using NeonPanel.Mcp.Ledger.Storage;

namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>The journals of all subjects. A journal is immutable, so a copy costs what a write changes.</summary>
internal sealed class Workspaces : IDisposable
{
    // Hosts of one process with the same options share a journal, as no one can change it.
    private static readonly ConcurrentDictionary<LedgerOptions, Lazy<Journal>> Made = new();

    private readonly ConcurrentDictionary<string, Workspace> workspaces = new();
    private readonly Lazy<Journal> generated;
    private readonly JournalFile? file;

    /// <param name="options">What to generate.</param>
    /// <param name="path">The file that keeps what subjects write; <see langword="null"/> to keep nothing.</param>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    public Workspaces(LedgerOptions options, string? path)
    {
        generated = Made.GetOrAdd(options, key => new(() => JournalGenerator.Create(key)));
        if (path is null)
        {
            // The first call waits for what is left of it.
            _ = Task.Run(Prepare);
            return;
        }

        file = JournalFile.Open(path, options, generated.Value);
        try
        {
            foreach (var (subject, journal) in file.Read(generated.Value))
            {
                workspaces[subject] = New(journal);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        MemoryTrim.RunSoon();
    }

    /// <summary>The journal that nobody changed.</summary>
    public Journal Generated => generated.Value;

    /// <summary>Returns the books of a subject.</summary>
    public Workspace Of(string subject) => workspaces.GetOrAdd(subject, _ => New(generated.Value));

    /// <summary>The journal of a subject as it is now.</summary>
    public Journal Journal(string subject) => Of(subject).Journal;

    /// <summary>Ends a write: keeps the change in the file first, then shows it.</summary>
    public void Commit(string subject, Workspace workspace, Journal journal)
    {
        file?.Write(subject, JournalBytes.Compare(workspace.Journal, journal));
        workspace.Journal = journal;
        MemoryTrim.RunIfGrown();
    }

    /// <summary>Takes back all that a subject wrote.</summary>
    public void Reset(string subject)
    {
        var workspace = Of(subject);
        lock (workspace.Gate)
        {
            file?.Reset(subject);
            workspace.Journal = generated.Value;
            workspace.Imports = new(generated.Value);
        }
    }

    public void Dispose() => file?.Dispose();

    private void Prepare()
    {
        if (!generated.IsValueCreated && generated.Value is not null)
        {
            MemoryTrim.RunSoon();
        }
    }

    private static Workspace New(Journal journal) => new(journal, new(journal));
}
