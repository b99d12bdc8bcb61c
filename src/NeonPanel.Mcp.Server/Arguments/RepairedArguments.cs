using System.Text.Json;

namespace NeonPanel.Mcp.Server.Arguments;

/// <summary>Arguments after the correction of common mistakes. They may still be invalid.</summary>
/// <param name="Repairs">The corrections.</param>
/// <param name="IsStopped">Whether the work stopped because there were too many mistakes. The arguments are then those
/// that were sent.</param>
internal readonly record struct RepairedArguments(JsonElement Value, IReadOnlyList<Repair> Repairs, bool IsStopped);
