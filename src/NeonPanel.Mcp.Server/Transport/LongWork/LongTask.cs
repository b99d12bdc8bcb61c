using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.LongWork;

/// <summary>A task (MCP extension <c>io.modelcontextprotocol/tasks</c>, SEP-2663): the work that a call
/// began.</summary>
/// <param name="Id">The id that clients know.</param>
/// <param name="Tool">The tool that was called.</param>
/// <param name="CreatedAt">When the work began.</param>
/// <param name="Arguments">The arguments of the tool that reads the state.</param>
internal sealed record LongTask(string Id, ToolDescriptor Tool, DateTimeOffset CreatedAt, JsonElement Arguments);
