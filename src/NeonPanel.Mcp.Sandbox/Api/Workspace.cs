using NeonPanel.Mcp.Ledger;
using NeonPanel.Mcp.Sandbox.Api.Faults;
using NeonPanel.Mcp.Sandbox.Api.Import;

namespace NeonPanel.Mcp.Sandbox.Api;

/// <summary>The books of one subject: the generated journal until its first write, then a copy of its own.</summary>
internal sealed class Workspace(Journal journal, ImportRequests imports)
{
    /// <summary>Held by a write from its first look at the journal to the end, so that writes come one after the
    /// other.</summary>
    public Lock Gate { get; } = new();

    public Journal Journal { get; set; } = journal;

    public ImportRequests Imports { get; set; } = imports;

    /// <summary>The faults that are switched on.</summary>
    public FaultSwitches Faults { get; set; } = FaultSwitches.None;

    /// <summary>Calls since the faults were switched.</summary>
    public int Calls;
}
