using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>The call whose names are looked up, and what was found so far.</summary>
internal sealed record NameCall(CallContext Context, JsonElement Arguments, ViolationList Violations)
{
    /// <summary>Gets the names that the user is asked for.</summary>
    public NameQuestions Questions { get; } = new(Context.Forms);

    public NameReplacement Replacement { get; } = new();

    public List<string> Notes { get; } = [];
}
