using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Composition;

/// <summary>Sends one request of a composed call, with the caller's own credential and limits.</summary>
internal delegate Task<UpstreamAnswer> StepCall(
    ToolDescriptor tool,
    JsonElement arguments,
    CancellationToken cancellationToken
);
