using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>The arguments of a call after its names were looked up.</summary>
/// <param name="Failure">The reason why the names could not be looked up, or <see langword="null"/>.</param>
internal readonly record struct NamedArguments(ReadArguments Arguments, ToolResult? Failure = null)
{
    /// <summary>Gets what took the place of names, or <see langword="null"/> if the call has no names.</summary>
    public NameReplacement? Replacement { get; init; }
}

/// <summary>A name that was replaced.</summary>
/// <param name="Argument">The argument: member names joined by dots, <c>[]</c> for each item of a list.</param>
/// <param name="Sent">What the caller sent, or <see langword="null"/> if the server filled the argument.</param>
/// <param name="Name">The first name of the thing.</param>
/// <param name="Value">The value that the API gets.</param>
internal sealed record FoundName(string Argument, string? Sent, string Name, JsonElement Value);
