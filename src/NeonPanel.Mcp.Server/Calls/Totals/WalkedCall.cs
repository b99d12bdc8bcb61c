using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls.Totals;

/// <summary>The call whose pages are read.</summary>
/// <param name="Context">The call.</param>
/// <param name="Arguments">The arguments of the first page.</param>
/// <param name="TimeLeft">How long the whole call may still take.</param>
internal sealed record WalkedCall(CallContext Context, JsonElement Arguments, TimeSpan TimeLeft)
{
    public ToolDescriptor Tool => Context.Tool;

    /// <summary>Gets the number of the first page: the caller's, or 1.</summary>
    public int FirstNumber =>
        Tool.Paging.Page is { } page && Paging.Number(Arguments, page) is { } number and > 0 ? number : 1;
}
